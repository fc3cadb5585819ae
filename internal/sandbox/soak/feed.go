package soak

import (
	"embed"
	"encoding/json"
	"net/http"
	"sync"
	"time"

	"flexcaselog/internal/sandbox"
)

//go:embed assets
var assets embed.FS

// feed is the page's own server: the page, the plugin, and the tasks one by one.
type feed struct {
	mux *http.ServeMux

	mu      sync.Mutex
	tasks   []Task
	next    int           // the task that is handed out next
	until   int           // the first that is not to be handed out yet
	held    bool          // none is to be handed out now
	changed chan struct{} // closed when one of these changes
	stays   map[string]stays
}

func newFeed(tasks []Task, bundle string) *feed {
	f := &feed{mux: http.NewServeMux(), tasks: tasks, changed: make(chan struct{}), stays: map[string]stays{}}
	f.mux.HandleFunc("GET /", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFileFS(w, r, assets, "assets/desktop.html")
	})
	f.mux.HandleFunc("GET /flex.js", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFileFS(w, r, assets, "assets/flex.js")
	})
	f.mux.HandleFunc("GET /bundle.js", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, bundle) })
	f.mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	f.mux.HandleFunc("POST /next", f.serveNext)
	return f
}

func (f *feed) ServeHTTP(w http.ResponseWriter, r *http.Request) { f.mux.ServeHTTP(w, r) }

// set says how far tasks are handed out, and whether they are now.
func (f *feed) set(until int, held bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.until == until && f.held == held {
		return
	}
	f.until, f.held = until, held
	close(f.changed)
	f.changed = make(chan struct{})
}

// played is what the page says of a task it has played, in milliseconds.
type played struct {
	Reservation string  `json:"sid"`
	Talk        float64 `json:"talk"`
	Wrapup      float64 `json:"wrapup"`
}

// serveNext takes what became of one task, and answers with the next as soon as
// there may be one, or with nothing when there is none.
func (f *feed) serveNext(w http.ResponseWriter, r *http.Request) {
	var done played
	if err := json.NewDecoder(r.Body).Decode(&done); err != nil {
		http.Error(w, "soak: not a task: "+err.Error(), http.StatusBadRequest)
		return
	}
	if done.Reservation != "" {
		f.note(done)
	}
	for {
		task, more, changed := f.take()
		switch {
		case !more:
			w.WriteHeader(http.StatusNoContent)
			return
		case task != nil:
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(task) // a page that is gone needs none
			return
		}
		select {
		case <-changed:
		case <-r.Context().Done():
			return
		}
	}
}

func (f *feed) note(done played) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.stays[done.Reservation] = stays{
		sandbox.StatusAccepted: milliseconds(done.Talk),
		sandbox.StatusWrapup:   milliseconds(done.Wrapup),
	}
}

func milliseconds(ms float64) time.Duration { return time.Duration(ms * float64(time.Millisecond)) }

// take returns a task, if one may be handed out now, and else what to wait for.
func (f *feed) take() (task *Task, more bool, changed <-chan struct{}) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.next == len(f.tasks) {
		return nil, false, nil
	}
	if f.held || f.next >= f.until {
		return nil, true, f.changed
	}
	task = &f.tasks[f.next]
	f.next++
	return task, true, nil
}

// history returns how long each reservation was in its states.
func (f *feed) history() map[string]stays {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := make(map[string]stays, len(f.stays))
	for sid, s := range f.stays {
		out[sid] = s
	}
	return out
}
