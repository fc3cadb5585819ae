package bundle

import (
	"cmp"
	"slices"
)

const (
	longestCode   = 15
	longestLength = 7 // of the code for the lengths of codes
	lengthCodes   = 19
)

// lengthOrder is the order in which the lengths' own lengths are written.
var lengthOrder = [lengthCodes]int{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// codeLengths returns the lengths of the best prefix code in which none is longer
// than limit, found by package-merge: Larmore and Hirschberg, 1990.
func codeLengths(counts []int, limit int) []uint8 {
	type item struct {
		weight  int
		symbols []int // with repetitions
	}
	var leaves []item
	for s, n := range counts {
		if n > 0 {
			leaves = append(leaves, item{n, []int{s}})
		}
	}
	lengths := make([]uint8, len(counts))
	if len(leaves) == 1 {
		lengths[leaves[0].symbols[0]] = 1
		return lengths
	}
	byWeight := func(a, b item) int { return cmp.Compare(a.weight, b.weight) }
	slices.SortStableFunc(leaves, byWeight)
	var row []item
	for range limit {
		var pairs []item
		for i := 0; i+1 < len(row); i += 2 {
			pairs = append(pairs, item{row[i].weight + row[i+1].weight, slices.Concat(row[i].symbols, row[i+1].symbols)})
		}
		row = slices.Concat(leaves, pairs)
		slices.SortStableFunc(row, byWeight)
	}
	for _, it := range row[:max(0, min(len(row), 2*len(leaves)-2))] {
		for _, s := range it.symbols {
			lengths[s]++
		}
	}
	return lengths
}

// codes returns the codes of these lengths, the first bit lowest, as they are written.
func codes(lengths []uint8) []uint16 {
	var count, next [longestCode + 2]int
	for _, n := range lengths {
		count[n]++
	}
	count[0] = 0
	for n := 1; n <= longestCode; n++ {
		next[n+1] = (next[n] + count[n]) << 1
	}
	out := make([]uint16, len(lengths))
	for s, n := range lengths {
		if n == 0 {
			continue
		}
		c := next[n]
		next[n]++
		for range n {
			out[s] = out[s]<<1 | uint16(c&1)
			c >>= 1
		}
	}
	return out
}

// run is a symbol of the code for lengths, and the bits after it.
type run struct{ symbol, value, bits int }

// runs writes lengths as symbols: themselves, or repetitions.
func runs(lengths []uint8) []run {
	var out []run
	for i := 0; i < len(lengths); {
		n := 1
		for i+n < len(lengths) && lengths[i+n] == lengths[i] {
			n++
		}
		i += n
		length := int(lengths[i-1])
		if length == 0 {
			for ; n >= 11; n -= min(n, 138) {
				out = append(out, run{18, min(n, 138) - 11, 7})
			}
			if n >= 3 {
				out, n = append(out, run{17, n - 3, 3}), 0
			}
		} else {
			out = append(out, run{length, 0, 0})
			n--
			for ; n >= 3; n -= min(n, 6) {
				out = append(out, run{16, min(n, 6) - 3, 2})
			}
		}
		for range n {
			out = append(out, run{length, 0, 0})
		}
	}
	return out
}

// trees is how a block says which codes it uses.
type trees struct {
	literal, distance []uint8 // the lengths of the codes
	runs              []run
	lengths           []uint8 // of the codes for runs
	literals          int     // how many lengths are written
	distances         int
	used              int // how many of lengthOrder are written
}

func (c *count) trees() trees {
	t := trees{literal: codeLengths(c.literal[:], longestCode), distance: codeLengths(c.distance[:], longestCode)}
	t.literals, t.distances = literals, distances
	for t.literals > 257 && t.literal[t.literals-1] == 0 {
		t.literals--
	}
	for t.distances > 1 && t.distance[t.distances-1] == 0 {
		t.distances--
	}
	t.runs = runs(slices.Concat(t.literal[:t.literals], t.distance[:t.distances]))
	var counts [lengthCodes]int
	for _, r := range t.runs {
		counts[r.symbol]++
	}
	t.lengths = codeLengths(counts[:], longestLength)
	t.used = lengthCodes
	for t.used > 4 && t.lengths[lengthOrder[t.used-1]] == 0 {
		t.used--
	}
	return t
}

// bits is how long the block is.
func (c *count) bits() int {
	t := c.trees()
	bits := 3 + 5 + 5 + 4 + 3*t.used + c.extraBits()
	for _, r := range t.runs {
		bits += int(t.lengths[r.symbol]) + r.bits
	}
	for s, n := range c.literal {
		bits += n * int(t.literal[s])
	}
	for s, n := range c.distance {
		bits += n * int(t.distance[s])
	}
	return bits
}

// bitWriter writes bits, the lowest first.
type bitWriter struct {
	out  []byte
	bits uint64
	n    int
}

func (w *bitWriter) write(value, n int) {
	w.bits |= uint64(value) << w.n
	for w.n += n; w.n >= 8; w.n -= 8 {
		w.out = append(w.out, byte(w.bits))
		w.bits >>= 8
	}
}

func (w *bitWriter) flush() []byte {
	if w.n > 0 {
		w.write(0, 8-w.n)
	}
	return w.out
}

// block writes tokens as a block with codes of its own.
func (w *bitWriter) block(tokens []token, last bool) {
	t := countOf(tokens).trees()
	final := 0
	if last {
		final = 1
	}
	w.write(final, 1)
	w.write(2, 2)
	w.write(t.literals-257, 5)
	w.write(t.distances-1, 5)
	w.write(t.used-4, 4)
	for _, s := range lengthOrder[:t.used] {
		w.write(int(t.lengths[s]), 3)
	}
	lengths := codes(t.lengths)
	for _, r := range t.runs {
		w.write(int(lengths[r.symbol]), int(t.lengths[r.symbol]))
		w.write(r.value, r.bits)
	}
	literal, distance := codes(t.literal), codes(t.distance)
	symbol := func(codes []uint16, lengths []uint8, s int) { w.write(int(codes[s]), int(lengths[s])) }
	for _, tok := range tokens {
		if tok.distance == 0 {
			symbol(literal, t.literal, int(tok.length))
			continue
		}
		s := lengthSymbol(int(tok.length))
		symbol(literal, t.literal, endOfBlock+1+s)
		w.write(int(tok.length)-lengthBases[s].least, lengthBases[s].extra)
		d := distanceSymbol(int(tok.distance))
		symbol(distance, t.distance, d)
		w.write(int(tok.distance)-distanceBases[d].least, distanceBases[d].extra)
	}
	symbol(literal, t.literal, endOfBlock)
}
