package bundle

import "math"

const (
	// piece is how many tokens are never parted, so that there are few places to look at.
	piece = 512
	// header is about what the codes of a block take, in bits.
	header = 700
)

// split parts tokens into blocks where two codes are cheaper than one.
func split(tokens []token) [][]token {
	// How often each symbol is used in all pieces up to one, so that any range of them is
	// a difference.
	sums := []count{{}}
	var c count
	for i := 0; i < len(tokens); i += piece {
		part := countOf(tokens[i:min(i+piece, len(tokens))])
		for s, n := range part.literal {
			c.literal[s] += n
		}
		for s, n := range part.distance {
			c.distance[s] += n
		}
		sums = append(sums, c)
	}
	bits := func(from, to int) float64 {
		a, b := &sums[from], &sums[to]
		return header + shannon(a.literal[:], b.literal[:]) + shannon(a.distance[:], b.distance[:])
	}
	var blocks [][]token
	var part func(from, to int)
	part = func(from, to int) {
		best, least := 0, bits(from, to)
		for i := from + 1; i < to; i++ {
			if sum := bits(from, i) + bits(i, to); sum < least {
				best, least = i, sum
			}
		}
		if best == 0 {
			blocks = append(blocks, tokens[from*piece:min(to*piece, len(tokens))])
			return
		}
		part(from, best)
		part(best, to)
	}
	part(0, len(sums)-1)
	return blocks
}

// shannon returns how many bits the symbols between two sums take.
func shannon(from, to []int) (bits float64) {
	sum := 0
	for i := range to {
		n := to[i] - from[i]
		if n > 0 {
			sum += n
			bits -= float64(float64(n) * math.Log2(float64(n))) // the conversion keeps processors from rounding once less
		}
	}
	if sum > 0 {
		bits += float64(float64(sum) * math.Log2(float64(sum)))
	}
	return bits
}
