package twilio

import (
	"context"
	"fmt"
	"net"
	"sync"
	"time"

	"github.com/pion/ice/v4"
	"github.com/pion/webrtc/v4"
	"github.com/pion/webrtc/v4/pkg/media"
)

// frame is how much sound goes into one packet.
const frame = 20 * time.Millisecond

// silence is one frame of nothing in Opus. Without any packets the Voice SDK takes the connection for broken.
var silence = []byte{0xf8, 0xff, 0xfe}

// leg is the far end of the browser's WebRTC connection: a customer who says nothing.
type leg struct {
	connection *webrtc.PeerConnection
	stop       context.CancelFunc
	closing    sync.Once
}

// newLeg returns a leg and its SDP offer. gone is called, at most once and from a goroutine of its own, when the browser goes
// without a word. The caller closes the leg.
func newLeg(gone func()) (*leg, string, error) {
	connection, track, err := loopbackConnection()
	if err != nil {
		return nil, "", fmt.Errorf("twilio: audio: %w", err)
	}
	ctx, stop := context.WithCancel(context.Background())
	l := &leg{connection: connection, stop: stop}
	var once sync.Once
	connection.OnConnectionStateChange(func(state webrtc.PeerConnectionState) {
		switch state {
		case webrtc.PeerConnectionStateConnected:
			once.Do(func() { go saySilence(ctx, track) })
		case webrtc.PeerConnectionStateFailed:
			go gone()
		}
	})
	offer, err := describe(connection)
	if err != nil {
		l.close()
		return nil, "", fmt.Errorf("twilio: audio: %w", err)
	}
	return l, offer, nil
}

// loopbackConnection can be reached from this machine only.
func loopbackConnection() (*webrtc.PeerConnection, *webrtc.TrackLocalStaticSample, error) {
	var codecs webrtc.MediaEngine
	if err := codecs.RegisterDefaultCodecs(); err != nil {
		return nil, nil, err
	}
	var settings webrtc.SettingEngine
	settings.SetIncludeLoopbackCandidate(true)
	settings.SetIPFilter(func(ip net.IP) bool { return ip.IsLoopback() })
	settings.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4})
	settings.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	connection, err := webrtc.NewAPI(webrtc.WithMediaEngine(&codecs), webrtc.WithSettingEngine(settings)).
		NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return nil, nil, err
	}
	track, err := webrtc.NewTrackLocalStaticSample(webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeOpus}, "audio", "customer")
	if err == nil {
		_, err = connection.AddTrack(track)
	}
	if err != nil {
		_ = connection.Close()
		return nil, nil, err
	}
	return connection, track, nil
}

// describe returns an offer that has all its candidates: the signalling has no way to send one later.
func describe(connection *webrtc.PeerConnection) (string, error) {
	offer, err := connection.CreateOffer(nil)
	if err != nil {
		return "", err
	}
	gathered := webrtc.GatheringCompletePromise(connection)
	if err := connection.SetLocalDescription(offer); err != nil {
		return "", err
	}
	<-gathered
	return connection.LocalDescription().SDP, nil
}

// answer takes the browser's side of the bargain; the connection follows by itself.
func (l *leg) answer(sdp string) error {
	err := l.connection.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: sdp})
	if err != nil {
		return fmt.Errorf("twilio: audio: the browser's answer: %w", err)
	}
	return nil
}

// close may be called more than once.
func (l *leg) close() {
	l.closing.Do(func() {
		l.stop()
		_ = l.connection.Close()
	})
}

func saySilence(ctx context.Context, track *webrtc.TrackLocalStaticSample) {
	ticker := time.NewTicker(frame)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			// A packet that cannot be sent is lost, as packets are.
			_ = track.WriteSample(media.Sample{Data: silence, Duration: frame})
		}
	}
}
