package sandbox

import (
	"bytes"
	_ "embed"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"

	"flexcaselog/internal/sandbox/twilio"
)

// telephone is the part of Twilio's stand-in that customers use.
type telephone interface {
	Ring(task twilio.Task) twilio.Reservation
	Reservation(sid string) (twilio.Reservation, bool)
	CustomerHangsUp(sid string) error
	CustomerCancels(sid string) error
}

// Caller is a customer whose name is known.
var Caller = twilio.Task{Attributes: map[string]any{"name": "Maria Lopez"}}

// bar plays the customers from buttons on the console page. See bar.js.
type bar struct {
	line telephone

	mu   sync.Mutex
	rung []string // reservations, the oldest first
}

//go:embed bar.js
var barScript []byte

// barPath is where the console's host is the sandbox's and not Lightning's.
const barPath = "/customers/"

func (b *bar) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	errand := strings.TrimPrefix(r.URL.Path, barPath)
	if errand == "bar.js" {
		w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
		_, _ = w.Write(barScript)
		return
	}
	if r.Method != http.MethodPost {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	switch errand {
	case "call":
		fmt.Fprint(w, b.ring(Caller))
	case "chat":
		fmt.Fprint(w, b.ring(twilio.Task{Channel: "chat"}))
	case "hangup":
		fmt.Fprint(w, b.hangUp())
	default:
		http.NotFound(w, r)
	}
}

func (b *bar) ring(task twilio.Task) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rung = append(b.rung, b.line.Ring(task).SID)
	if task.Channel == "" {
		return "A call rings."
	}
	return "A " + task.Channel + " comes in."
}

// hangUp ends the latest conversation that there is.
func (b *bar) hangUp() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, sid := range slices.Backward(b.rung) {
		res, ok := b.line.Reservation(sid)
		if !ok {
			continue
		}
		switch res.Status {
		case twilio.Accepted:
			if err := b.line.CustomerHangsUp(sid); err != nil {
				return err.Error()
			}
			return "The customer has hung up."
		case twilio.Pending:
			if err := b.line.CustomerCancels(sid); err != nil {
				return err.Error()
			}
			return "The customer did not wait."
		}
	}
	return "Nobody is on the line."
}

// addBar puts the bar's script into the HTML of a handler, which need not know.
func addBar(console http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		console.ServeHTTP(&barWriter{ResponseWriter: w}, r)
	})
}

type barWriter struct {
	http.ResponseWriter
	begun, html, added bool
}

func (w *barWriter) WriteHeader(status int) {
	w.begun = true
	h := w.Header()
	if w.html = strings.HasPrefix(h.Get("Content-Type"), "text/html"); w.html {
		h.Del("Content-Length")
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *barWriter) Write(p []byte) (int, error) {
	if !w.begun {
		w.WriteHeader(http.StatusOK)
	}
	const end = "</head>"
	if w.html && !w.added && bytes.Contains(p, []byte(end)) {
		w.added = true
		script := `<script src="` + barPath + `bar.js" defer></script>` + end
		if _, err := w.ResponseWriter.Write(bytes.Replace(p, []byte(end), []byte(script), 1)); err != nil {
			return 0, err
		}
		return len(p), nil
	}
	return w.ResponseWriter.Write(p)
}
