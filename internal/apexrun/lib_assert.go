package apexrun

import (
	"fmt"
	"time"
)

func (f *frame) failAssertion(message any, detail string) {
	text := "Assertion Failed"
	if message != nil {
		text += ": " + render(message)
	}
	if detail != "" {
		text += ": " + detail
	}
	f.throw("AssertException", "%s", text)
}

func wantTrue(want bool) native[typeName] {
	return native[typeName]{1, 2, func(f *frame, _ typeName, a arguments) any {
		if a[0] != any(want) {
			f.failAssertion(a.optional(1), fmt.Sprintf("Expected: %t, Actual: %s", want, render(a[0])))
		}
		return nil
	}}
}

func wantEqual(want bool) native[typeName] {
	return native[typeName]{2, 3, func(f *frame, _ typeName, a arguments) any {
		switch is := equal(f.row(a[0], a[1]), f.row(a[1], a[0]), false); {
		case want && !is:
			f.failAssertion(a.optional(2), fmt.Sprintf("Expected: %s, Actual: %s", render(a[0]), render(a[1])))
		case !want && is:
			f.failAssertion(a.optional(2), "Same value: "+render(a[0]))
		}
		return nil
	}}
}

func wantNull(want bool) native[typeName] {
	return native[typeName]{1, 2, func(f *frame, _ typeName, a arguments) any {
		if (a[0] == nil) != want {
			f.failAssertion(a.optional(1), "Actual: "+render(a[0]))
		}
		return nil
	}}
}

func wantInstance(want bool) native[typeName] {
	return native[typeName]{2, 3, func(f *frame, _ typeName, a arguments) any {
		if f.isA(a[0], argument[typeName](f, a, 1).name) != want {
			f.failAssertion(a.optional(2), fmt.Sprintf("Type: %s, Actual: %s", render(a[1]), kindOf(a[0])))
		}
		return nil
	}}
}

func assertStatics() methods[typeName] {
	return methods[typeName]{
		"istrue": wantTrue(true), "isfalse": wantTrue(false),
		"areequal": wantEqual(true), "arenotequal": wantEqual(false),
		"isnull": wantNull(true), "isnotnull": wantNull(false),
		"isinstanceoftype": wantInstance(true), "isnotinstanceoftype": wantInstance(false),
		"fail": {0, 1, func(f *frame, _ typeName, a arguments) any {
			f.failAssertion(a.optional(0), "")
			return nil
		}},
	}
}

func systemStatics() methods[typeName] {
	return methods[typeName]{
		"assert": wantTrue(true), "assertequals": wantEqual(true), "assertnotequals": wantEqual(false),
		"now":               {0, 0, now},
		"today":             dateStatics()["today"],
		"currenttimemillis": {0, 0, func(f *frame, t typeName, a arguments) any { return unixMilli(now(f, t, a)) }},
		// What is logged is not kept: nobody reads it here, and it may hold what customers said.
		"debug": {1, 2, func(*frame, typeName, arguments) any { return nil }},
	}
}

func testStatics() methods[typeName] {
	return methods[typeName]{
		"isrunningtest": {0, 0, func(f *frame, _ typeName, _ arguments) any { return f.run.testing }},
		"starttest": {0, 0, func(f *frame, _ typeName, _ arguments) any {
			f.onlyInTests("Test.startTest")
			f.run.outside, f.run.used = f.run.used, limits{}
			return nil
		}},
		"stoptest": {0, 0, func(f *frame, _ typeName, _ arguments) any {
			f.onlyInTests("Test.stopTest")
			f.run.used, f.run.outside = f.run.outside, limits{}
			return nil
		}},
		"setfixedsearchresults": {1, 1, func(f *frame, _ typeName, a arguments) any {
			f.onlyInTests("Test.setFixedSearchResults")
			f.run.fixed = nil
			f.addAll(a[0], func(v any) { f.run.fixed = append(f.run.fixed, render(v)) })
			return nil
		}},
		"setcreateddate": {2, 2, func(f *frame, _ typeName, a arguments) any {
			f.onlyInTests("Test.setCreatedDate")
			id := f.identifier(a.text(f, 0))
			object := f.run.tx.ObjectOf(id)
			if object == nil {
				f.throw("StringException", "Invalid id: %s", id)
			}
			f.run.check(f.run.tx.SetCreatedDate(object, id, argument[time.Time](f, a, 1)))
			return nil
		}},
	}
}

func (f *frame) onlyInTests(name string) {
	if !f.run.testing {
		f.throw("TypeException", "Testmethods can only be called from within a test context: %s", name)
	}
}
