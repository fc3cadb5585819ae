package bundle

import "encoding/binary"

const (
	minMatch, maxMatch = 3, 258
	window             = 32 << 10

	hashBits = 16
	// chained is how many bytes places in a chain have alike. Of shorter matches only the
	// nearest is of any use.
	chained = 4
	// deepest is how many earlier places are looked at for one match.
	deepest = 800
)

// match is bytes that were there before: so many, so far back.
type match struct{ length, distance uint16 }

// matches are those of each place of a superblock: the nearest of each length, the
// shorter ones first.
type matches struct {
	all   []match
	first []int32 // of each place, and the end
}

func (m matches) at(i int) []match { return m.all[m.first[i]:m.first[i+1]] }

func findMatches(b []byte, start, end int) matches {
	from := max(0, start-window)
	// Each is one more than the place, counted from the first.
	last3 := make([]int32, 1<<hashBits)
	last4 := make([]int32, 1<<hashBits)
	before := make([]int32, end-from) // the place before with the same four bytes
	found := matches{first: make([]int32, 1, end-start+1)}
	for i := from; i < end; i++ {
		at := int32(i-from) + 1
		var near, candidate int
		if i+minMatch <= end {
			h := hash3(b[i:])
			near, last3[h] = int(last3[h]), at
		}
		if i+chained <= end {
			h := hash4(b[i:])
			candidate, before[at-1], last4[h] = int(last4[h]), last4[h], at
		}
		if i < start {
			continue
		}
		longest, most := minMatch-1, min(maxMatch, end-i)
		take := func(j int) {
			if n := common(b[j:], b[i:i+most]); n > longest {
				longest = n
				found.all = append(found.all, match{uint16(n), uint16(i - j)})
			}
		}
		if near > 0 && i+1-near-from <= window {
			take(near - 1 + from)
		}
		for depth := 0; candidate > 0 && depth < deepest && longest < most; depth++ {
			j := candidate - 1 + from
			if i-j > window {
				break
			}
			if b[j+longest] == b[i+longest] {
				take(j)
			}
			candidate = int(before[candidate-1])
		}
		found.first = append(found.first, int32(len(found.all)))
	}
	return found
}

func hash3(b []byte) uint32 {
	return (uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16) * 0x9e3779b1 >> (32 - hashBits)
}

func hash4(b []byte) uint32 {
	return binary.LittleEndian.Uint32(b) * 0x9e3779b1 >> (32 - hashBits)
}

// common returns how many bytes a and b begin with alike; a is no shorter than b.
func common(a, b []byte) int {
	for i := range b {
		if a[i] != b[i] {
			return i
		}
	}
	return len(b)
}
