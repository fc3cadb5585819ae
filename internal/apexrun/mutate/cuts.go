package mutate

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/antlr4-go/antlr/v4"
	"github.com/octoberswimmer/apexfmt/parser"
)

// swaps are operators and words that are put in the place of others. A sign that also stands for something else than an operator counts
// only between spaces.
var swaps = map[string]struct{ what, with string }{
	"==": {"turn a comparison round", "!="}, "!=": {"turn a comparison round", "=="},
	"<": {"move a bound", "<="}, "<=": {"move a bound", "<"}, ">": {"move a bound", ">="}, ">=": {"move a bound", ">"},
	"&&": {"or for and", "||"}, "||": {"and for or", "&&"},
	"true": {"turn a truth round", "false"}, "false": {"turn a truth round", "true"},
	"user_mode": {"ask as the system", "SYSTEM_MODE"},
	"asc":       {"sort the other way", "DESC"}, "desc": {"sort the other way", "ASC"},
	"++": {"count down", "--"}, "and": {"or for and in a query", "OR"}, "or": {"and for or in a query", "AND"},
}

// classCuts breaks a class that is not a test. The number behind LIMIT is left alone: the code looks at no more rows than it needs, and
// a greater limit is slower and nothing else.
func classCuts(text string) []cut {
	if regexp.MustCompile(`(?im)^@IsTest`).MatchString(text) {
		return nil
	}
	lexer := parser.NewApexLexer(antlr.NewInputStream(text))
	lexer.RemoveErrorListeners()
	offsets := byteOffsets(text)
	var out []cut
	var before antlr.Token
	for _, t := range lexer.GetAllTokens() {
		if t.GetChannel() != antlr.TokenDefaultChannel {
			continue
		}
		from, to := offsets[t.GetStart()], offsets[t.GetStop()+1]
		if c, ok := tokenCut(text, from, to, t, before); ok {
			out = append(out, c)
		}
		before = t
	}
	return append(out, lineCuts(text)...)
}

func tokenCut(text string, from, to int, t, before antlr.Token) (cut, bool) {
	word := strings.ToLower(text[from:to])
	spaced := from > 0 && to < len(text) && text[from-1] == ' ' && text[to] == ' '
	switch t.GetTokenType() {
	case parser.ApexLexerIntegerLiteral:
		n, err := strconv.Atoi(word)
		return cut{what: "count one more", from: from, to: to, with: strconv.Itoa(n + 1)}, err == nil && !isWord(before, "limit")
	case parser.ApexLexerStringLiteral:
		if before != nil && before.GetText() == "(" && strings.HasPrefix(strings.TrimSpace(text[strings.LastIndexByte(text[:from], '\n')+1:from]), "@") {
			return cut{}, false // an annotation says nothing at run time
		}
		if strings.Contains(text[strings.LastIndexByte(text[:from], '\n')+1:from], "System.debug") {
			return cut{}, false // nobody reads the log here
		}
		if to-from > 2 {
			return cut{what: "empty a text", from: from, to: to, with: "''"}, true
		}
		return cut{what: "fill a text", from: from, to: to, with: "'?'"}, true
	case parser.ApexLexerBANG:
		return cut{what: "drop a not", from: from, to: to, with: ""}, true
	case parser.ApexLexerUSER:
		return cut{what: "write as the system", from: from, to: to, with: "system"}, isWord(before, "as")
	}
	s, ok := swaps[word]
	if ok && (spaced || strings.IndexAny(word, "abcdefghijklmnopqrstuvwxyz+") == 0) {
		return cut{what: s.what, from: from, to: to, with: s.with}, true
	}
	return cut{}, false
}

func isWord(t antlr.Token, word string) bool { return t != nil && strings.EqualFold(t.GetText(), word) }

var (
	statementLine = regexp.MustCompile(`(?m)^[ ]+((?:insert|update|upsert|delete) [^\n]*;|[a-z][A-Za-z.]*\([^\n]*\);|[a-z][A-Za-z.]* = [^\n]*;)$`)
	returnLine    = regexp.MustCompile(`(?m)^[ ]+return ([^\n;]+);$`)
	conditionLine = regexp.MustCompile(`(?m)^[ ]+(?:\} else )?if \(([^\n]+)\) \{$`)
	clauseLine    = regexp.MustCompile(`(?m)^[ ]+(WHERE [^\n]+|ORDER BY [^\n]+)$`)
	selectedLine  = regexp.MustCompile(`(?m)^[ ]+SELECT [^\n]*(, [A-Za-z_]+)$`)
	thrownLine    = regexp.MustCompile(`(?m)^[ ]+(throw [^\n]*;)$`)
)

// lineCuts breaks what is easier seen in lines, as prettier lays them out.
func lineCuts(text string) []cut {
	var out []cut
	each := func(re *regexp.Regexp, what, with string) {
		for _, at := range re.FindAllStringSubmatchIndex(text, -1) {
			if old := text[at[2]:at[3]]; !strings.EqualFold(old, with) {
				out = append(out, cut{what: what, from: at[2], to: at[3], with: with})
			}
		}
	}
	each(statementLine, "leave out a statement", "")
	each(thrownLine, "leave out a throw", "")
	each(returnLine, "return nothing", "null")
	each(conditionLine, "a condition that always holds", "true")
	each(conditionLine, "a condition that never holds", "false")
	each(clauseLine, "leave out a clause", "")
	each(selectedLine, "leave out a field", "")
	return out
}

// byteOffsets gives the byte at which each character of a text begins.
func byteOffsets(text string) []int {
	out := make([]int, 0, len(text)+1)
	for i := range text {
		out = append(out, i)
	}
	return append(out, len(text))
}

var (
	truthTag  = regexp.MustCompile(`<(enabled|readable|editable|allowCreate|allowEdit|allowRead|unique|caseSensitive|required|reparentableMasterDetail|writeRequiresMasterRead|restricted)>(true|false)<`)
	numberTag = regexp.MustCompile(`<(length|precision|scale)>(\d+)<`)
	typeTag   = regexp.MustCompile(`<(type)>(Text|Number|DateTime|Phone|LongTextArea)<`)
	valueTag  = regexp.MustCompile(`<(value) xsi:type="xsd:(?:string|double|boolean)">([^<]+)<`)
	sumTag    = regexp.MustCompile(`(?s)<(summaryFilterItems)>.*?<value>([^<]+)<`)
	summedTag = regexp.MustCompile(`<(summarizedField)>([^<]+)<`)
	apiTag    = regexp.MustCompile(`<(apiVersion)>([^<]+)<`)
	pickTag   = regexp.MustCompile(`(?s)<value>\s*<(fullName)>([^<]+)<`)
	grantedTo = regexp.MustCompile(`<(field|object|apexClass)>([^<]+)<`)
)

var partTag = regexp.MustCompile(`<(?:field|object|apexClass|fullName)>([^<]+)<`)

// partAt names the part of a file that a place belongs to: the field or object that was named last before it.
func partAt(text string, at int) string {
	all := partTag.FindAllStringSubmatch(text[:at], -1)
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1][1]
}

// metadataCuts breaks a permission set, a field, an object, a setting or the metadata of a class.
func metadataCuts(text string) []cut {
	var out []cut
	each := func(re *regexp.Regexp, what string, with func(tag, old string) string) {
		for _, at := range re.FindAllStringSubmatchIndex(text, -1) {
			tag, old := text[at[2]:at[3]], text[at[4]:at[5]]
			if put := with(tag, old); put != old {
				out = append(out, cut{what: what + " " + tag, from: at[4], to: at[5], with: put, of: partAt(text, at[4])})
			}
		}
	}
	each(truthTag, "turn round", func(_, old string) string {
		return map[string]string{"true": "false", "false": "true"}[old]
	})
	each(numberTag, "shrink", func(_, old string) string {
		n, _ := strconv.Atoi(old)
		return strconv.Itoa(max(n/2-1, 0))
	})
	each(typeTag, "change", func(_, old string) string {
		if old == "Text" {
			return "Number"
		}
		return "Text"
	})
	each(sumTag, "change the value of", func(_, old string) string { return "not " + old })
	each(summedTag, "misspell", func(_, old string) string { return old + "x" })
	each(apiTag, "lower", func(string, string) string { return "58.0" })
	each(pickTag, "misspell", func(_, old string) string { return old + "x" })
	each(valueTag, "change", func(_, old string) string {
		switch old {
		case "true":
			return "false"
		case "false":
			return "true"
		}
		return old + "9"
	})
	if strings.Contains(text, "<PermissionSet") {
		each(grantedTo, "misspell", func(_, old string) string { return old + "x" })
	}
	return out
}
