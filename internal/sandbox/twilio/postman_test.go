package twilio

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// letters collects what a postman delivers.
type letters struct {
	mu   sync.Mutex
	read []string
}

func (l *letters) letter(text string) func() {
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.read = append(l.read, text)
	}
}

func (l *letters) all() []string {
	synctest.Wait()
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]string{}, l.read...)
}

func TestPostman(t *testing.T) {
	t.Parallel()
	for name, play := range map[string]func(t *testing.T, p *postman, l *letters){
		"a letter comes after the delay, not before": func(t *testing.T, p *postman, l *letters) {
			p.post(l.letter("a"))
			time.Sleep(19 * time.Millisecond)
			require.Empty(t, l.all())
			time.Sleep(time.Millisecond)
			require.Equal(t, []string{"a"}, l.all())
		},
		"letters keep their order, even when the delay is shortened between them": func(t *testing.T, p *postman, l *letters) {
			p.post(l.letter("slow"))
			p.setDelay(0)
			p.post(l.letter("fast"))
			time.Sleep(time.Second)
			require.Equal(t, []string{"slow", "fast"}, l.all())
		},
		"nothing comes while they are held, and everything at once on release": func(t *testing.T, p *postman, l *letters) {
			p.hold()
			p.post(l.letter("a"))
			time.Sleep(time.Hour)
			p.post(l.letter("b"))
			require.Empty(t, l.all())
			p.release()
			require.Equal(t, []string{"a"}, l.all())
			time.Sleep(20 * time.Millisecond)
			require.Equal(t, []string{"a", "b"}, l.all())
		},
		"a letter that causes another does not stop the post": func(t *testing.T, p *postman, l *letters) {
			p.post(func() { p.post(l.letter("answer")) })
			time.Sleep(40 * time.Millisecond)
			require.Equal(t, []string{"answer"}, l.all())
		},
		"discarded letters never come": func(t *testing.T, p *postman, l *letters) {
			p.post(l.letter("a"))
			p.discard()
			p.post(l.letter("b"))
			time.Sleep(time.Hour)
			require.Empty(t, l.all())
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				p := &postman{delay: 20 * time.Millisecond}
				play(t, p, &letters{})
			})
		})
	}
}
