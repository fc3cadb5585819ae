package twilio

import (
	"bytes"
	"encoding/binary"
	"net/http"
)

// serveSound answers for a ringtone. The Voice SDK gives one two seconds to start before it hands the call to Flex, so one that is
// not there makes each call two seconds late.
func serveSound(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "audio/wav")
	w.Header().Set("Cache-Control", "max-age=3600")
	_, _ = w.Write(silentSound) // The tab has gone when this errors.
}

// silentSound is a tenth of a second of nothing, as a WAV file: mono, 8 kHz, 16 bits.
var silentSound = func() []byte {
	const rate, width = 8000, 2
	data := make([]byte, rate*width/10)
	var file bytes.Buffer
	for _, part := range []any{
		[]byte("RIFF"), uint32(36 + len(data)), []byte("WAVEfmt "), uint32(16), uint16(1), uint16(1), uint32(rate),
		uint32(rate * width), uint16(width), uint16(8 * width), []byte("data"), uint32(len(data)), data,
	} {
		// A buffer takes everything, and these all have a fixed size.
		_ = binary.Write(&file, binary.LittleEndian, part)
	}
	return file.Bytes()
}()
