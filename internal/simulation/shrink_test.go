package simulation

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// smallest takes faults and tasks out of a story that went wrong until nothing
// can be taken out any more, and tells what is left.
func smallest(t *testing.T, w *world, promise string) string {
	t.Helper()
	found := false
	shrink(w.faults(), func(faults []string) bool {
		only := make(map[string]bool, len(faults))
		for _, f := range faults {
			only[f] = true
		}
		again := play(t, w.seed, only, w.variant, true)
		if again.breach(promise) == "" {
			return false
		}
		w, found = again, true
		return true
	})
	if !found {
		return fmt.Sprintf("seed %d breaks %q, but not every time", w.seed, promise)
	}
	return fmt.Sprintf("seed %d: %s: %s\n\nfaults:\n  %s\n\nstory:\n%s\nagain: go test ./internal/simulation -run TestPromises -v -seed %d\n",
		w.seed, promise, w.breach(promise), strings.Join(w.faults(), "\n  "), w.tellStory(), w.seed)
}

// shrink returns a part of all that still fails, and of which nothing can be left
// out. It asks for the whole first, and for what it returns last of all that fail.
func shrink(all []string, fails func([]string) bool) []string {
	if !fails(all) {
		return all
	}
	for size := (len(all) + 1) / 2; size > 0; {
		smaller := false
		for from := 0; from < len(all); {
			without := slices.Delete(slices.Clone(all), from, min(from+size, len(all)))
			if fails(without) {
				all, smaller = without, true
			} else {
				from += size
			}
		}
		if size > 1 || !smaller {
			size /= 2
		}
	}
	return all
}

func TestShrink(t *testing.T) {
	t.Parallel()
	all := strings.Fields("a b c d e f g h i j")
	needs := func(these ...string) func([]string) bool {
		return func(part []string) bool {
			return !slices.ContainsFunc(these, func(s string) bool { return !slices.Contains(part, s) })
		}
	}
	require.Equal(t, []string{"c", "i"}, shrink(all, needs("c", "i")))
	require.Equal(t, all, shrink(all, needs(all...)))
	require.Empty(t, shrink(all, needs()))
	require.Equal(t, all, shrink(all, func([]string) bool { return false }), "it can't be made to fail again")
}
