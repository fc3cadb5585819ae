package apexrun_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestLibrary has a line for each platform method. A letter stands for a value made beforehand: l, s, m, c, d, t.
func TestLibrary(t *testing.T) {
	t.Parallel()
	const values = `
		List<String> l = new List<String>{ 'b', 'a' }; Set<String> s = new Set<String>{ 'x', 'y' };
		Map<String, Integer> m = new Map<String, Integer>{ 'k' => 1 }; Case c = new Case(Subject = 'sub', Seconds__c = 2);
		Date d = Date.newInstance(2026, 2, 3); Datetime t = Datetime.newInstanceGmt(2026, 2, 3, 4, 5, 6);
	`
	const members = `
		enum Colour { RED, GREEN }
		interface Speaker { String say(); }
		class Dog implements Speaker { String word; public Dog() { this('wow'); } public Dog(String w) { word = w; } public String say() { return word; } }
		virtual class Base { protected String n; public Base(String n) { this.n = n; } }
		class Derived extends Base { public Derived() { super('super'); } public String name() { return n; } }
		class Told extends Exception { public String told() { return 'told ' + getMessage(); } }
	`
	for expression, want := range map[string]any{
		"'ab'.toUpperCase() + 'AB'.toLowerCase() + ' a '.trim()":                      "ABaba",
		"'abc'.contains('b') && 'ABC'.containsIgnoreCase('b')":                        true,
		"'abc'.startsWith('a') && 'abc'.endsWith('c')":                                true,
		"'ABC'.startsWithIgnoreCase('a') && 'ABC'.endsWithIgnoreCase('c')":            true,
		"'a'.equalsIgnoreCase('A')":                                                   true,
		"'a'.compareTo('b')":                                                          int64(-1),
		"'abab'.countMatches('ab')":                                                   int64(2),
		"'abab'.remove('a') + 'ab'.removeEnd('b') + 'ab'.replace('a', 'c')":           "bbacb",
		"'ab'.isAlpha() && 'a1'.isAlphanumeric() && '1 2'.isNumericSpace()":           true,
		"'ab'.isAllLowerCase() && 'AB'.isAllUpperCase()":                              true,
		"'aab'.containsOnly('ab') && 'ab'.containsAny('b') && 'ab'.containsNone('c')": true,
		"'a-b'.substringAfter('-') + 'a-b-c'.substringBeforeLast('-')":                "ba-b",
		"'ab'.substringBefore('-') + 'ab'.substringAfter('-')":                        "ab",
		"'ab'.substringBetween('-')":                                                  nil,
		"'ab'.indexOf('b') + 'aba'.lastIndexOf('a')":                                  int64(3),
		"'aba'.indexOf('a', 1)":                                                       int64(2),
		"'ab'.indexOf('c') + 'ab'.lastIndexOf('c')":                                   int64(-2),
		"'ab'.charAt(0)":                                                         int64(97),
		"'ab'.repeat(2) + 'a'.rightPad(3, 'xy')":                                 "ababaxy",
		"'ab'.capitalize() + 'ab'.reverse()":                                     "Abba",
		"' a  b '.normalizeSpace() + ' a b '.deleteWhitespace()":                 "a bab",
		"'hello'.hashCode()":                                                     int64(99162322),
		"'aa'.replaceFirst('a', 'b')":                                            "ba",
		"'a,b,c'.split(',', 2)":                                                  []any{"a", "b,c"},
		"Id.valueOf('5005g0000000001').to15()":                                   "5005g0000000001",
		"String.isEmpty('') && String.isNotEmpty(' ') && String.isNotBlank('a')": true,
		"String.valueOf(1.50) + String.valueOf(true) + String.valueOf(d)":        "1.50true2026-02-03",
		"String.escapeSingleQuotes('it\\'s')":                                    `it\'s`,
		"String.fromCharArray(new List<Integer>{ 97, 98 })":                      "ab",
		"Integer.valueOf(2.9) + Long.valueOf('3000000000')":                      int64(3000000002),
		"Decimal.valueOf('1.5') + Double.valueOf(1)":                             2.5,
		"Boolean.valueOf('TRUE')":                                                true,
		"Math.min(1, 2) + Math.max(1, 2) + Math.mod(7, 4) + Math.abs(-3)":        int64(9),
		"Math.random() < 1":                                                      true,
		"1.5.intValue() + 2.6.round() + 1.234.setScale(2)":                       5.23,
		"(Integer) 2.5":                                                          int64(2),
		"(Decimal) 2 / 4":                                                        0.5,
		"JSON.serialize(new Map<String, Object>{ 'a' => new List<Object>{ 1, 'x<', null, true } })": `{"a":[1,"x<",null,true]}`,
		"EncodingUtil.base64Decode(EncodingUtil.base64Encode(Blob.valueOf('hi'))).toString()":       "hi",
		"EncodingUtil.urlDecode(EncodingUtil.urlEncode('a b+', 'UTF-8'), 'UTF-8')":                  "a b+",
		"Blob.valueOf('é').size()":                                int64(2),
		"l.contains('a') && !l.isEmpty() && l.indexOf('z') == -1": true,
		"sorted(l)": []any{"a", "b"},
		"grown(l)":  []any{"first", "b", "a", "x", "y"},
		"l.clone()": []any{"b", "a"},
		"new String[]{ 'a' }[0] + new String[2].size()":                                        "a2",
		"new List<String>(s).size() + new Set<String>(l).size()":                               int64(4),
		"s.contains('x') && s.containsAll(s) && !s.add('x') && s.remove('x') && s.size() == 1": true,
		"s.addAll(l) && s.retainAll(l) && s.removeAll(l) && s.isEmpty()":                       true,
		"s.clone()": []any{"x", "y"},
		"m.containsKey('k') && m.get('k') == 1 && m.keySet().contains('k') && m.values()[0] == 1":     true,
		"m.put('k', 2) + m.remove('k') + m.size()":                                                    int64(3),
		"m.clone() == m && !m.isEmpty()":                                                              true,
		"m.keySet().size() == new Map<String, Integer>(m).size()":                                     true,
		"c.get('Subject') + '' + c.isSet('Seconds__c') + c.isSet('Key__c')":                           "subtruefalse",
		"c.put(Case.Subject, 'new') + c.Subject":                                                      "subnew",
		"c.clone().Subject + c.getSObjectType()":                                                      "subCase",
		"c.getPopulatedFieldsAsMap().keySet()":                                                        []any{"Subject", "Seconds__c"},
		"c == new Case(Subject = 'SUB', Seconds__c = 2)":                                              true,
		"c === c && c !== new Case()":                                                                 true,
		"((Case) Case.SObjectType.newSObject()).Subject":                                              nil,
		"Case.SObjectType.getDescribe().getName() + Case.SObjectType.getDescribe().getKeyPrefix()":    "Case500",
		"Case.Key__c.getDescribe().isExternalId() && Case.Key__c.getDescribe().isUnique()":            true,
		"Case.Key__c + Case.Key__c.getDescribe().getName()":                                           "Key__cKey__c",
		"Colour.values().size() + Colour.valueOf('green').ordinal()":                                  int64(3),
		"Colour.RED.name() + Colour.RED":                                                              "REDRED",
		"t.addSeconds(54).addHours(1).addDays(1).addMinutes(1)":                                       "2026-02-04T05:07:00.000+0000",
		"t.formatGmt('yyyy-MM-dd\\'T\\'HH:mm:ss')":                                                    "2026-02-03T04:05:06",
		"t.yearGmt() + t.monthGmt() + t.dayGmt() + t.hourGmt() + t.minuteGmt() + t.secondGmt()":       int64(2046),
		"t.dateGmt() == d && t.getTime() == 1770091506000L && t == Datetime.newInstance(t.getTime())": true,
		"Datetime.valueOfGmt('2026-02-03 04:05:06') == t":                                             true,
		"d.addDays(1).daysBetween(d) + d.year() + d.month() + d.day()":                                int64(2030),
		"System.now() >= Datetime.now().addDays(-1) && Date.today() == System.today()":                true,
		"System.currentTimeMillis() > 0":                                                              true,
		"Limits.getLimitQueries() + Limits.getSoslQueries()":                                          int64(100),
		"UserInfo.getName() + UserInfo.getLocale()":                                                   "Ada Agenten_US",
		"(new Dog()).say() + ((Speaker) new Dog('w')).say()":                                          "woww",
		"new Dog() instanceof Speaker":                                                                true,
		"new Derived().name()":                                                                        "super",
		"new Told('x').told()":                                                                        "told x",
		"new Told().getMessage()":                                                                     "Script-thrown exception",
		"l[0] > l[1] && 2 <= 2.0 && 1 != 2 && 1 <> 2":                                                 true,
		"-l.size() + 3 * 2 - 4 / 2":                                                                   int64(2),
		"!true || (true && true)":                                                                     true,
		"counted()":                                                                                   int64(12),
	} {
		t.Run(expression, func(t *testing.T) {
			t.Parallel()
			got, err := run(t, newMemory(), values+"return "+expression+";", members+`
				static List<String> sorted(List<String> l) { l.sort(); return l; }
				static List<String> grown(List<String> l) { l.add(0, 'first'); l.addAll(new List<String>{ 'x', 'z' }); l.set(4, 'y'); return l; }
				static Integer counted() { Integer n = 1; n += 2; n *= 4; n -= 1; n++; --n; Integer[] a = new Integer[1]; a[0] = n++; return a[0] + 1; }
			`)
			require.NoError(t, err)
			require.Equal(t, want, got)
		})
	}
}
