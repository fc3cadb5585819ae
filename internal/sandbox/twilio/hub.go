package twilio

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/coder/websocket"
)

const (
	// outboxSize is how many messages a tab may be behind. A tab that is further behind is gone.
	outboxSize = 1024
	// messageLimit is well over the largest message seen, a login with its token.
	messageLimit = 1 << 20
	writeTimeout = 10 * time.Second
)

// hub holds the open web sockets of one kind, one for each Flex tab.
type hub struct {
	mu      sync.Mutex
	sockets map[*socket]struct{}
}

// socket is one tab's connection. Its messages are sent in the order they were given.
type socket struct {
	conn   *websocket.Conn
	outbox chan message
	ctx    context.Context
	cancel context.CancelFunc
}

type message struct {
	kind websocket.MessageType
	data []byte
}

// serve takes up a web socket and stays with it until it closes. greet, which may be nil, is called once the socket is in the hub;
// receive for each message.
func (h *hub) serve(w http.ResponseWriter, r *http.Request, greet func(*socket), receive func(*socket, []byte)) {
	// Every host is ours, so the page's origin says nothing.
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{InsecureSkipVerify: true})
	if err != nil {
		return
	}
	conn.SetReadLimit(messageLimit)
	// A hijacked connection outlives its request's context.
	ctx, cancel := context.WithCancel(context.WithoutCancel(r.Context()))
	s := &socket{conn: conn, outbox: make(chan message, outboxSize), ctx: ctx, cancel: cancel}
	h.add(s)
	defer h.remove(s)
	go s.write()
	if greet != nil {
		greet(s)
	}
	for {
		_, data, err := conn.Read(ctx)
		if err != nil {
			return
		}
		receive(s, data)
	}
}

func (h *hub) add(s *socket) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.sockets == nil {
		h.sockets = make(map[*socket]struct{})
	}
	h.sockets[s] = struct{}{}
}

func (h *hub) remove(s *socket) {
	h.mu.Lock()
	delete(h.sockets, s)
	h.mu.Unlock()
	s.drop()
}

// all returns the sockets that are open now.
func (h *hub) all() []*socket {
	h.mu.Lock()
	defer h.mu.Unlock()
	open := make([]*socket, 0, len(h.sockets))
	for s := range h.sockets {
		open = append(open, s)
	}
	return open
}

func (h *hub) size() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.sockets)
}

func (h *hub) broadcast(text []byte) {
	for _, s := range h.all() {
		s.sendText(text)
	}
}

// drop breaks every connection, as a failing network does: without a closing handshake.
func (h *hub) drop() {
	for _, s := range h.all() {
		h.remove(s)
	}
}

func (s *socket) sendText(text []byte) { s.send(message{kind: websocket.MessageText, data: text}) }

func (s *socket) sendBinary(data []byte) { s.send(message{kind: websocket.MessageBinary, data: data}) }

// send never blocks.
func (s *socket) send(m message) {
	select {
	case s.outbox <- m:
	case <-s.ctx.Done():
	default:
		s.drop()
	}
}

func (s *socket) write() {
	for {
		select {
		case <-s.ctx.Done():
			return
		case m := <-s.outbox:
			ctx, cancel := context.WithTimeout(s.ctx, writeTimeout)
			err := s.conn.Write(ctx, m.kind, m.data)
			cancel()
			if err != nil {
				s.drop()
				return
			}
		}
	}
}

func (s *socket) drop() {
	s.cancel()
	_ = s.conn.CloseNow()
}

// every calls beat until the socket closes.
func (s *socket) every(interval time.Duration, beat func()) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		select {
		case <-s.ctx.Done():
			return
		case <-ticker.C:
			beat()
		}
	}
}
