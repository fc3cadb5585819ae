package apexrun_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/apexrun"
)

// TestSourceErrors holds the interpreter to saying where it stops: what is not known must not be passed over.
func TestSourceErrors(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		body, says string
	}{
		"a variable that is not there":             {"return x;", "Variable does not exist: x"},
		"a method that is not there":               {"return missing(1);", "Method does not exist or incorrect signature: void missing(Integer)"},
		"a platform method that is not known":      {"return 'a'.getLevenshteinDistance('b');", "getLevenshteinDistance"},
		"a platform class that is not known":       {"return Crypto.getRandomInteger();", "Variable does not exist: Crypto"},
		"too many arguments":                       {"return 'a'.trim(1);", "trim(Integer) on String"},
		"an argument of another type":              {"return 'a'.left('b');", "argument 1 is of type String"},
		"a text given to a number":                 {"Integer i = 'a'; return i;", "Illegal assignment from String to Integer"},
		"a decimal given to a whole number":        {"Integer i = 1.5; return i;", "Illegal assignment from Decimal to Integer"},
		"a variable declared twice":                {"String a; if (true) { String a; } return a;", "Duplicate variable: a"},
		"a class that is not there":                {"return new Missing();", "Invalid type: Missing"},
		"a field that is not there":                {"return new Case(Missing__c = 1);", "Field does not exist: Missing__c on Case"},
		"a field given another type":               {"return new Case(Seconds__c = 'x');", "Illegal assignment from String to Decimal"},
		"a query of an object that is not there":   {"return [SELECT Id FROM Missing__c];", "sObject type 'Missing__c' is not supported"},
		"a query of a field that is not there":     {"return [SELECT Missing__c FROM Case];", "No such column 'Missing__c' on entity 'Case'"},
		"a condition on a field that is not there": {"return [SELECT Id FROM Case WHERE Missing__c = 1];", "No such column 'Missing__c' on entity 'Case'"},
		"a condition of another type":              {"return [SELECT Id FROM Case WHERE Seconds__c = 'x'];", "must be of type Number"},
		"an unknown relationship":                  {"return [SELECT Owner.Name FROM Case];", "Didn't understand relationship 'Owner'"},
		"an unknown child relationship":            {"return [SELECT (SELECT Id FROM Tasks) FROM Contact];", "Didn't understand relationship 'Tasks'"},
		"a query that groups":                      {"return [SELECT COUNT(Id) FROM Case GROUP BY Subject];", "SOQL clause not known"},
		"a query with a date formula":              {"return [SELECT Id FROM Case WHERE Start__c = TODAY];", "SOQL value not known"},
		"a query of all rows":                      {"return [SELECT Id FROM Case ALL ROWS];", "SOQL clause not known"},
		"a search with a reserved character":       {"return [FIND '+4412' IN PHONE FIELDS RETURNING Contact(Id)];", "reserved character"},
		"an upsert by a field that is no key":      {"upsert new Case(Subject = 'x') Subject; return null;", "Invalid external id field: Subject"},
		"a status code that does not exist":        {"return StatusCode.DUPLICATE_VALEU;", "Variable does not exist: StatusCode.DUPLICATE_VALEU"},
		"undelete, which is not known":             {"undelete new Case(); return null;", "statement not known"},
		"a bit operation":                          {"return 1 & 2;", "expression not known"},
		"a method that forgets to answer":          {"if (false) { return 1; }", "method must return a value: Probe.run"},
		"a regular expression of Java only":        {"return 'a'.replaceAll('(?=a)', '');", "regular expression not known"},
		"the interpreter itself goes wrong":        {"return new List<Integer>{1}.get(null);", "Illegal index: null"},
		"a list that holds itself":                 {"List<Object> l = new List<Object>(); l.add(l); return String.valueOf(l);", "a value holds itself"},
		"an answer that holds itself":              {"Map<String, Object> m = new Map<String, Object>(); m.put('m', m); return m;", "a value holds itself"},
		"a comparison without end":                 {"List<Object> a = new List<Object>(); a.add(a); List<Object> b = new List<Object>(); b.add(b); return a == b;", "a value holds itself"},
		"a condition that is no truth":             {"if ('a') { } return null;", "must be of type Boolean"},
		"things that cannot be compared":           {"return 'a' < 1;", "compatible types: String, Integer"},
		"a test method outside of a test":          {"return new Case().missing();", "Method does not exist"},
		"a private method of another class":        {"return Other.hidden();", "Method is not visible: Other.hidden"},
		"an instance method called on its class":   {"return Other.own();", "Non static method cannot be referenced"},
		"a number too big for an Integer":          {"return 3000000000;", "Illegal integer"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			classes := probe(tc.body, "")
			classes["Other"] = "public class Other { private static String hidden() { return ''; } public String own() { return ''; } }"
			_, err := load(t, newMemory(), classes).Call(t.Context(), "Probe", "run", nil)
			var source *apexrun.SourceError
			require.ErrorAs(t, err, &source)
			require.Contains(t, source.Text, tc.says)
			require.Equal(t, "Probe.cls", source.File)
			require.Positive(t, source.Line)
		})
	}
}

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		files map[string]string
		says  string
	}{
		"text that does not parse":                {map[string]string{"A": "public class A { void m( }"}, "apexrun: A.cls:1: column"},
		"a file without a class":                  {map[string]string{"A": ""}, "A.cls:1"},
		"a class that is not its file's":          {map[string]string{"A": "public class B {}"}, "class B must be in a file of its name"},
		"a super class that is not there":         {map[string]string{"A": "public class A extends B {}"}, "Invalid type: B"},
		"a trigger":                               {map[string]string{"A.trigger": "trigger A on Case (before insert) {}"}, "triggers are not run"},
		"a webservice method of an inner class":   {map[string]string{"A": "global class A { global class B { webservice static void m() {} } }"}, "must be static, in a global top-level class"},
		"a webservice method that is public":      {map[string]string{"A": "public class A { webservice static void m() {} }"}, "must be static, in a global top-level class"},
		"a test that is not static":               {map[string]string{"A": "@IsTest class A { @IsTest void m() {} }"}, "test methods must be static"},
		"a future method":                         {map[string]string{"A": "public class A { @future static void m() {} }"}, "future methods are not run"},
		"security enforced, which API 67 refuses": {map[string]string{"A": "public class A { void m() { List<Case> l = [SELECT Id FROM Case WITH SECURITY_ENFORCED]; } }"}, "A.cls:1: WITH SECURITY_ENFORCED is not allowed from API version 67.0 on"},
		"an older API version":                    {map[string]string{"A": "public class A {}", "A.cls-meta.xml": "<ApexClass><apiVersion>66.0</apiVersion></ApexClass>"}, "API version 66.0 has other rules"},
		"inherited sharing":                       {map[string]string{"A": "public inherited sharing class A {}"}, "inherited sharing is not known"},
		"an instance initialiser":                 {map[string]string{"A": "public class A { { Integer i; } }"}, "initialiser blocks"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := apexrun.Load(write(t, tc.files), newMemory())
			require.ErrorContains(t, err, tc.says)
		})
	}
	_, err := apexrun.Load(t.TempDir()+"/missing", newMemory())
	require.Error(t, err)
}

func TestExceptionsThatNothingCaught(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		body string
		kind string
		says string
	}{
		"a null":                              {"String s; return s.length();", "System.NullPointerException", "Attempt to de-reference a null object"},
		"an index out of a list":              {"return new List<String>()[0];", "System.ListException", "List index out of bounds: 0"},
		"a division by zero":                  {"return 1 / 0;", "System.MathException", "Divide by 0"},
		"a query that finds no row":           {"Case c = [SELECT Id FROM Case]; return c;", "System.QueryException", "List has no rows for assignment to SObject"},
		"a bad id":                            {"Id i = 'abc'; return i;", "System.StringException", "Invalid id: abc"},
		"a cast to another type":              {"return (Integer) ((Object) 'a');", "System.TypeException", "Invalid conversion from runtime type String to Integer"},
		"hex that is none":                    {"return EncodingUtil.convertFromHex('xyz');", "System.IllegalArgumentException", "Invalid hexadecimal"},
		"bytes that are no UTF-8":             {"return EncodingUtil.convertFromHex('ff').toString();", "System.StringException", "BLOB is not a valid UTF-8 string"},
		"JSON that is none":                   {"return JSON.deserializeUntyped('{');", "System.JSONException", ""},
		"a failed assertion, although caught": {"try { Assert.areEqual(1, 2, 'sums'); } catch (Exception e) { return 0; } return 1;", "System.AssertException", "Assertion Failed: sums: Expected: 1, Actual: 2"},
		"a field that was not queried":        {"insert new Case(); return [SELECT Id FROM Case].Subject;", "System.SObjectException", "without querying the requested field: Case.Subject"},
		"the hundred and first query":         {"for (Integer i = 0; i < 101; i++) { List<Case> c = [SELECT Id FROM Case]; } return 0;", "System.LimitException", "Too many SOQL queries: 101"},
		"the hundred and fifty-first write":   {"for (Integer i = 0; i < 151; i++) { insert new Case(); } return 0;", "System.LimitException", "Too many DML statements: 151"},
		"constructors without end":            {"return new Endless();", "System.LimitException", "Maximum stack depth reached"},
		"calls without end":                   {"return run();", "System.LimitException", "Maximum stack depth reached"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := newMemory()
			_, err := run(t, store, tc.body, "class Endless { Endless e = new Endless(); } static Integer endless { get { return endless; } }")
			var thrown *apexrun.ThrownError
			require.ErrorAs(t, err, &thrown)
			require.Equal(t, tc.kind, thrown.Type)
			require.Contains(t, thrown.Message, tc.says)
			require.Equal(t, "Probe.cls", thrown.File)
			require.Positive(t, thrown.Line)
			require.Empty(t, store.rows["Case"], "what was written is undone")
		})
	}
}

func TestCallContract(t *testing.T) {
	t.Parallel()
	classes := map[string]string{
		"Door": `global class Door {
			webservice static String greet(String name, Integer times) { return name.repeat(times); }
			webservice static Case make(String subject) { Case c = new Case(Subject = subject); insert c; return c; }
			global static String plain() { return ''; }
		}`,
		"Shut": "public class Shut { public static String greet() { return ''; } }",
	}
	for name, tc := range map[string]struct {
		class, method string
		params        map[string]string
		want          any
		says          string
	}{
		"a class that is not there":              {class: "Missing", method: "greet", says: "class Missing: no such class"},
		"a class of the platform":                {class: "DmlException", method: "greet", says: "no such class"},
		"a class that is not global":             {class: "Shut", method: "greet", says: "the class is not global"},
		"a method that is no webservice":         {class: "Door", method: "plain", says: "Door.plain: no such webservice method"},
		"a parameter spelled otherwise":          {class: "Door", method: "make", params: map[string]string{"Subject": "x"}, says: "parameter subject of Door.make is missing"},
		"a parameter too many":                   {class: "Door", method: "make", params: map[string]string{"subject": "x", "other": ""}, says: "Door.make has no parameter other"},
		"a text that is no number":               {class: "Door", method: "greet", params: map[string]string{"name": "x", "times": "y"}, says: "Invalid integer: parameter times"},
		"names of class and method in any case":  {class: "door", method: "GREET", params: map[string]string{"name": "ab", "times": "2"}, want: "abab"},
		"an empty text is a text and not a null": {class: "Door", method: "greet", params: map[string]string{"name": "", "times": "2"}, want: ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := load(t, newMemory(), classes).Call(t.Context(), tc.class, tc.method, tc.params)
			if tc.says != "" {
				require.ErrorContains(t, err, tc.says)
				return
			}
			require.NoError(t, err)
			require.Equal(t, tc.want, got)
		})
	}
}

func TestCallEndsWithItsContext(t *testing.T) {
	t.Parallel()
	p := load(t, newMemory(), probe("while (true) { } return null;", ""))
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer stop()
	_, err := p.Call(ctx, "Probe", "run", nil)
	require.ErrorIs(t, err, context.DeadlineExceeded)

	_, err = p.Call(ctx, "Probe", "run", nil)
	require.ErrorIs(t, err, context.DeadlineExceeded, "no transaction can begin")
}

func TestApexCannotCatchABrokenStore(t *testing.T) {
	t.Parallel()
	store := newMemory()
	store.broken = errors.New("the disk is full")
	_, err := run(t, store, "try { return [SELECT Id FROM Case]; } catch (Exception e) { return 1; }", "")
	require.ErrorIs(t, err, store.broken)
}
