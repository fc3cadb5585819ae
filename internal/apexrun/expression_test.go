package apexrun_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestExpressions(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		expression string
		want       any
	}{
		"whole numbers divide to a whole number":         {"7 / 2", int64(3)},
		"a decimal makes the division a decimal":         {"7 / 2.0", 3.5},
		"a text takes whatever is added":                 {"'a' + 1 + null + true", "a1nulltrue"},
		"texts are equal without their capitals":         {"'Ab' == 'aB'", true},
		"equals looks at capitals":                       {"'Ab'.equals('aB')", false},
		"identity of texts looks at capitals":            {"'Ab' === 'aB'", false},
		"null is equal to null only":                     {"null == '' ", false},
		"the second of a coalescing answers for null":    {"((String) null) ?? 'x'", "x"},
		"a safe step over null is null":                  {"((String) null)?.length()", nil},
		"left counts UTF-16 units":                       {"'a😀b'.left(3)", "a😀"},
		"length counts UTF-16 units":                     {"'😀'.length()", int64(2)},
		"left takes no more than there is":               {"'ab'.left(9)", "ab"},
		"right takes the end":                            {"'abc'.right(2)", "bc"},
		"mid takes the middle":                           {"'abcd'.mid(1, 2)", "bc"},
		"substring with one bound goes to the end":       {"'abc'.substring(1)", "bc"},
		"substring before":                               {"'a-b-c'.substringBefore('-')", "a"},
		"substring after the last":                       {"'a-b-c'.substringAfterLast('-')", "c"},
		"substring between":                              {"'a<b>c'.substringBetween('<', '>')", "b"},
		"abbreviate ends in dots":                        {"'abcdefgh'.abbreviate(6)", "abc..."},
		"removeStart":                                    {"'+44'.removeStart('+')", "44"},
		"replaceAll takes a pattern":                     {"'+1 (2) 3'.replaceAll('[^0-9]', '')", "123"},
		"replaceAll knows its groups":                    {"'ab'.replaceAll('(a)(b)', '$2$1')", "ba"},
		"isNumeric of digits":                            {"'12'.isNumeric()", true},
		"isNumeric of nothing":                           {"''.isNumeric()", false},
		"split drops empty ends as Java does":            {"'a,b,,'.split(',').size()", int64(2)},
		"join":                                           {"String.join(new List<Integer>{1, 2}, '-')", "1-2"},
		"format fills numbered places":                   {"String.format('{1} {0}', new List<Object>{'a', 'b'})", "b a"},
		"valueOf a text that is a number":                {"Integer.valueOf('12')", int64(12)},
		"isBlank of spaces":                              {"String.isBlank('  ')", true},
		"isBlank of null":                                {"String.isBlank(null)", true},
		"leftPad":                                        {"'7'.leftPad(3, '0')", "007"},
		"hex is read as UTF-8":                           {"EncodingUtil.convertFromHex('c3a9').toString()", "é"},
		"hex is written from UTF-8":                      {"EncodingUtil.convertToHex(Blob.valueOf('é'))", "c3a9"},
		"JSON numbers keep their kind":                   {"((Map<String, Object>) JSON.deserializeUntyped('{\"a\":[1,2.5]}')).get('a')", []any{int64(1), 2.5}},
		"a list in a list":                               {"new List<List<String>>{new List<String>{'a'}}[0][0]", "a"},
		"a set keeps one of each":                        {"new Set<String>{'a', 'a', 'A'}.size()", int64(2)},
		"a map answers null for a key it lacks":          {"new Map<String, Integer>{'a' => 1}.get('b')", nil},
		"a map is exported with its keys":                {"new Map<String, Integer>{'a' => 1}", map[string]any{"a": int64(1)}},
		"a conditional runs one side":                    {"1 < 2 ? 'y' : 'n'", "y"},
		"and stops at the first false":                   {"false && 1 / 0 == 1", false},
		"instanceof tells texts from numbers":            {"((Object) 'a') instanceof Integer", false},
		"an escape in a literal":                         {`'a\n\'b\'\\'`, "a\n'b'\\"},
		"a character by its number":                      {`'\u00e9'`, "é"},
		"a date is written as one":                       {"Date.newInstance(2026, 2, 3)", "2026-02-03"},
		"a date/time is written in UTC":                  {"Datetime.newInstanceGmt(2026, 2, 3, 4, 5, 6)", "2026-02-03T04:05:06.000+0000"},
		"a description knows the length":                 {"Case.Subject.getDescribe().getLength()", int64(255)},
		"a description by the long way":                  {"Schema.SObjectType.Case.fields.Subject.getLength()", int64(255)},
		"a record that is not queried has null fields":   {"new Case().Subject", nil},
		"a checkbox that was not set is false":           {"new Case().Open__c", false},
		"a record is exported under its declared names":  {"new Case(subject = 'x', seconds__c = 3)", map[string]any{"attributes": map[string]any{"type": "Case"}, "Subject": "x", "Seconds__c": int64(3)}},
		"fields that are null are left out of an answer": {"new Case(Subject = null)", map[string]any{"attributes": map[string]any{"type": "Case"}}},
		"the running user has an id":                     {"UserInfo.getUserId()", "0055g0000000001AAA"},
		"an id of 15 characters is completed":            {"(String) Id.valueOf('5005g0000000001')", "5005g0000000001AAA"},
		"an id knows its object":                         {"Id.valueOf('5005g0000000001').getSObjectType() == Case.SObjectType", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := run(t, newMemory(), "return "+tc.expression+";", "")
			require.NoError(t, err)
			require.Equal(t, tc.want, got)
		})
	}
}

func TestStatements(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		body, members string
		want          any
	}{
		"a for loop with break and continue": {
			"Integer n = 0; for (Integer i = 0; i < 9; i++) { if (i == 2) { continue; } if (i == 5) { break; } n += i; } return n;", "", int64(8),
		},
		"a for-each over a set": {
			"String s = ''; for (String x : new Set<String>{'a', 'b'}) { s += x; } return s;", "", "ab",
		},
		"while and do": {
			"Integer n = 0; while (n < 3) { n++; } do { n++; } while (n < 3); return n;", "", int64(4),
		},
		"a switch takes the first that fits": {
			"switch on 'b' { when 'a', 'b' { return 1; } when else { return 2; } }", "", int64(1),
		},
		"a switch on an enum": {
			"Colour c = Colour.RED; switch on c { when GREEN { return 'g'; } when RED { return 'r'; } } return null;", "enum Colour { RED, GREEN }", "r",
		},
		"a catch takes an exception of a class that it extends": {
			"try { throw new Bad('why'); } catch (Exception e) { return e.getTypeName() + ' ' + e.getMessage(); }", "class Bad extends Exception {}", "Probe.Bad why",
		},
		"an exception keeps its cause": {
			"try { try { Integer i = 1 / 0; } catch (MathException e) { throw new Bad('why', e); } } catch (Bad b) { return b.getCause().getMessage(); } return null;",
			"class Bad extends Exception {}", "Divide by 0",
		},
		"finally runs before the answer is given": {
			"try { return mark; } finally { mark = 'late'; }", "static String mark = 'early';", "early",
		},
		"finally runs after a catch": {
			"String s = ''; try { s = null + s.substring(5); } catch (StringException e) { s += 'c'; } finally { s += 'f'; } return s;", "", "cf",
		},
		"an inner class with a property": {
			"Box b = new Box(3); b.twice = 8; return b.size + b.twice;",
			"class Box { public Integer size; public Box(Integer n) { size = n; } public Integer twice { get { return size * 2; } set { size = value / 2; } } }", int64(12),
		},
		"a method is chosen by its object's class": {
			"Base b = new Derived(); return b.say();",
			"virtual class Base { public virtual String say() { return 'base'; } } class Derived extends Base { public override String say() { return super.say() + '!'; } }", "base!",
		},
		"an overload is chosen by the type": {
			"return pick('x') + pick(1);", "static String pick(String s) { return 's'; } static String pick(Integer i) { return 'i'; }", "si",
		},
		"a record may be put into a list of objects": {
			"List<SObject> l = new List<SObject>(); l.add(new Case(Subject = 'x')); return l[0].get('subject');", "", "x",
		},
		"statics start anew with every call": {
			"n++; return n;", "static Integer n = 0;", int64(1),
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := load(t, newMemory(), probe(tc.body, tc.members))
			for range 2 {
				got, err := p.Call(t.Context(), "Probe", "run", nil)
				require.NoError(t, err)
				require.Equal(t, tc.want, got)
			}
		})
	}
}
