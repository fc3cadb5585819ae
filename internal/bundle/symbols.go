package bundle

import "math"

// The alphabets of deflate. See https://www.rfc-editor.org/rfc/rfc1951
const (
	literals   = 286 // bytes, the end of a block, lengths
	distances  = 30
	endOfBlock = 256
)

// base is the least value of a symbol that stands for several, and the bits that
// say which.
type base struct{ least, extra int }

var (
	lengthBases   = makeBases(3, 8, 4, 28)
	distanceBases = makeBases(1, 4, 2, 30)
	lengthSymbols = func() (s [maxMatch + 1]uint8) {
		for i, b := range lengthBases {
			for n := b.least; n < b.least+1<<b.extra && n <= maxMatch; n++ {
				s[n] = uint8(i)
			}
		}
		s[maxMatch] = 28 // has a symbol of its own
		return s
	}()
	distanceSymbols = func() (s [window + 1]uint8) {
		for i, b := range distanceBases {
			for n := b.least; n < b.least+1<<b.extra && n <= window; n++ {
				s[n] = uint8(i)
			}
		}
		return s
	}()
)

// makeBases lists symbols: the first ones stand for one value each, and then the
// bits grow by one with each group.
func makeBases(least, single, group, count int) []base {
	var all []base
	for i := range count {
		extra := max(0, (i-single)/group+1)
		if i < single {
			extra = 0
		}
		all = append(all, base{least, extra})
		least += 1 << extra
	}
	if least > maxMatch && len(all) == 28 {
		all = append(all, base{maxMatch, 0})
	}
	return all
}

func lengthSymbol(n int) int   { return int(lengthSymbols[n]) }
func distanceSymbol(n int) int { return int(distanceSymbols[n]) }

// count is how often each symbol is used.
type count struct {
	literal  [literals]int
	distance [distances]int
}

func countOf(tokens []token) *count {
	c := &count{}
	for _, t := range tokens {
		if t.distance == 0 {
			c.literal[t.length]++
			continue
		}
		c.literal[endOfBlock+1+lengthSymbol(int(t.length))]++
		c.distance[distanceSymbol(int(t.distance))]++
	}
	c.literal[endOfBlock] = 1
	return c
}

// costs are how many bits each thing takes.
type costs struct {
	literal  [256]float32
	length   [maxMatch + 1]float32
	distance [distances]float32 // with its extra bits
}

func (c *count) costs() costs {
	var out costs
	symbols := entropy(c.literal[:])
	for i := range out.literal {
		out.literal[i] = symbols[i]
	}
	for n := minMatch; n <= maxMatch; n++ {
		s := lengthSymbol(n)
		out.length[n] = symbols[endOfBlock+1+s] + float32(lengthBases[s].extra)
	}
	for i, bits := range entropy(c.distance[:]) {
		out.distance[i] = bits + float32(distanceBases[i].extra)
	}
	return out
}

// entropy returns how many bits each symbol would take if bits could be divided. One
// that is not used is a little dearer than one that is used once.
func entropy(counts []int) []float32 {
	sum := 0
	for _, n := range counts {
		sum += n
	}
	bits := make([]float32, len(counts))
	for i, n := range counts {
		share := float64(n)
		if n == 0 {
			share = 0.5
		}
		bits[i] = float32(max(1, math.Log2(float64(max(1, sum))/share)))
	}
	return bits
}

func guess() (c costs) {
	for i := range c.literal {
		c.literal[i] = 6.5
	}
	for n := minMatch; n <= maxMatch; n++ {
		c.length[n] = 6 + float32(lengthBases[lengthSymbol(n)].extra)
	}
	for i := range c.distance {
		c.distance[i] = 4.5 + float32(distanceBases[i].extra)
	}
	return c
}

// extraBits is what the values that symbols stand for take.
func (c *count) extraBits() (bits int) {
	for i, n := range c.literal[endOfBlock+1:] {
		bits += n * lengthBases[i].extra
	}
	for i, n := range c.distance {
		bits += n * distanceBases[i].extra
	}
	return bits
}
