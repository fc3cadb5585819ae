package bundle

import (
	"encoding/binary"
	"hash/crc32"
)

// gzipBest returns b in the gzip format, smaller than compress/gzip's best level
// makes it by a good twentieth. It takes some seconds for each megabyte.
//
// It looks for the cheapest way to write b and not for the longest match at each
// place: what a symbol costs follows from how often it is used, which follows from
// what is cheapest, so both are found in turns. That is how zopfli and libdeflate do
// it. The same bytes give the same bytes, on every machine: no step depends on the
// time or on another goroutine.
func gzipBest(b []byte) []byte {
	out := []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255} // no name, no time; 2: as small as can be
	w := &bitWriter{out: out}
	var parts []chan [][]token
	for start := 0; start < len(b) || start == 0; start += superblock {
		part := make(chan [][]token, 1)
		parts = append(parts, part)
		go func() { part <- blocksOf(b, start, min(start+superblock, len(b))) }()
	}
	for i, part := range parts {
		blocks := <-part
		for j, block := range blocks {
			w.block(block, i == len(parts)-1 && j == len(blocks)-1)
		}
	}
	out = w.flush()
	out = binary.LittleEndian.AppendUint32(out, crc32.ChecksumIEEE(b))
	return binary.LittleEndian.AppendUint32(out, uint32(len(b)))
}

const (
	// superblock is how much is looked at together; more needs more memory.
	superblock = 1 << 20
	// roughRounds and fineRounds are how often costs and parse are brought into line, for
	// a superblock and for each of its blocks. More rounds gain less than a thousandth.
	roughRounds, fineRounds = 3, 6
)

// blocksOf returns b[start:end] as blocks of tokens.
func blocksOf(b []byte, start, end int) [][]token {
	found := findMatches(b, start, end)
	p := &parser{b: b, start: start, found: found}
	// The first guess of the costs: all literals alike, lengths and distances by their
	// extra bits.
	costs := guess()
	var tokens []token
	for range roughRounds {
		tokens = p.parse(start, end, costs)
		costs = countOf(tokens).costs()
	}
	blocks := split(tokens)
	at := start
	for i, block := range blocks {
		size := 0
		for _, t := range block {
			size += t.size()
		}
		best, least := block, countOf(block).bits()
		costs := countOf(block).costs()
		for range fineRounds {
			next := p.parse(at, at+size, costs)
			count := countOf(next)
			if bits := count.bits(); bits < least {
				best, least = next, bits
			}
			costs = count.costs()
		}
		blocks[i] = best
		at += size
	}
	return blocks
}

// token is a literal, or a match: so many bytes from so far back.
type token struct{ length, distance uint16 } // of a literal: its byte, and zero

func (t token) size() int {
	if t.distance == 0 {
		return 1
	}
	return int(t.length)
}

// parser finds the cheapest tokens for a part of a superblock.
type parser struct {
	b     []byte
	start int // of the superblock
	found matches

	// Of the place i after the part's start: what it costs to get there, and the token
	// that was the last on the way.
	cost []float32
	from []token
}

func (p *parser) parse(start, end int, c costs) []token {
	n := end - start
	if cap(p.cost) <= n {
		p.cost, p.from = make([]float32, n+1), make([]token, n+1)
	}
	cost, from := p.cost[:n+1], p.from[:n+1]
	const never = 1e30
	for i := range cost {
		cost[i] = never
	}
	cost[0] = 0
	for i := range n {
		here := cost[i]
		b := p.b[start+i]
		if sum := here + c.literal[b]; sum < cost[i+1] {
			cost[i+1], from[i+1] = sum, token{uint16(b), 0}
		}
		length := minMatch
		for _, m := range p.found.at(start + i - p.start) {
			far := here + c.distance[distanceSymbol(int(m.distance))]
			for most := min(int(m.length), n-i); length <= most; length++ {
				if sum := far + c.length[length]; sum < cost[i+length] {
					cost[i+length], from[i+length] = sum, token{uint16(length), m.distance}
				}
			}
		}
	}
	var tokens []token
	for i := n; i > 0; i -= from[i].size() {
		tokens = append(tokens, from[i])
	}
	for i, j := 0, len(tokens)-1; i < j; i, j = i+1, j-1 {
		tokens[i], tokens[j] = tokens[j], tokens[i]
	}
	return tokens
}
