package apexrun

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"
)

// Report is what a run of tests found.
type Report struct {
	Tests    []TestResult
	Coverage []Coverage
}

// TestResult is one test method. Err is nil where it passed.
type TestResult struct {
	Class, Method string
	Err           error
	Took          time.Duration
}

// Coverage is how many of a class's lines with statements ran.
type Coverage struct {
	Class          string
	Covered, Total int
	Missed         []int // the lines that did not run
}

// Passed tells whether there was a test and none failed.
func (r Report) Passed() bool {
	for _, t := range r.Tests {
		if t.Err != nil {
			return false
		}
	}
	return len(r.Tests) > 0
}

// Test runs the test methods whose Class.method contains filter in any letter case, each in a transaction that is undone afterwards.
// They run as the program's user; see [Program.As]. Unlike in an org, a test sees the records that the store has already. It errs only where the store fails.
func (p *Program) Test(ctx context.Context, filter string) (Report, error) {
	var report Report
	covered := map[string]map[int]bool{}
	var files []string
	for _, c := range p.sorted() {
		if !c.modifiers["@istest"] {
			files = append(files, c.file)
			continue
		}
		results, err := p.testClass(ctx, c, filter, covered)
		if err != nil {
			return report, err
		}
		report.Tests = append(report.Tests, results...)
	}
	for _, file := range files {
		if total := len(p.lines[file]); total > 0 {
			c := Coverage{Class: strings.TrimSuffix(file, ".cls"), Total: total}
			for line := range p.lines[file] {
				if covered[file][line] {
					c.Covered++
				} else {
					c.Missed = append(c.Missed, line)
				}
			}
			slices.Sort(c.Missed)
			report.Coverage = append(report.Coverage, c)
		}
	}
	return report, nil
}

func (p *Program) sorted() []*class {
	var out []*class
	for _, c := range p.classes {
		if c.file != "" {
			out = append(out, c)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].name < out[j].name })
	return out
}

func (p *Program) testClass(ctx context.Context, c *class, filter string, covered map[string]map[int]bool) (results []TestResult, err error) {
	setups, tests := testMethods(c, filter)
	if len(tests) == 0 {
		return nil, nil
	}
	tx, err := p.store.Begin(ctx)
	if err != nil {
		return nil, fmt.Errorf("apexrun: %w", err)
	}
	defer func() { err = errors.Join(err, tx.Rollback()) }()
	var broken error
	for _, m := range setups {
		if broken == nil {
			broken = p.testMethod(ctx, tx, m, covered)
		}
	}
	mark, err := tx.Savepoint()
	if err != nil {
		return nil, fmt.Errorf("apexrun: %w", err)
	}
	for _, m := range tests {
		began := time.Now()
		failure := broken
		if failure == nil {
			failure = p.testMethod(ctx, tx, m, covered)
		}
		results = append(results, TestResult{Class: c.name, Method: m.name, Err: failure, Took: time.Since(began)})
		if err := tx.RollbackTo(mark); err != nil {
			return results, fmt.Errorf("apexrun: %w", err)
		}
	}
	return results, nil
}

// testMethods lists the setup methods of a test class and its tests, in the order of the source.
func testMethods(c *class, filter string) (setups, tests []*method) {
	for _, overloads := range c.methods {
		for _, m := range overloads {
			switch {
			case m.modifiers["@testsetup"]:
				setups = append(setups, m)
			case (m.modifiers["@istest"] || m.modifiers["testmethod"]) && strings.Contains(strings.ToLower(c.name+"."+m.name), strings.ToLower(filter)):
				tests = append(tests, m)
			}
		}
	}
	byLine := func(a, b *method) int { return a.line - b.line }
	slices.SortFunc(setups, byLine)
	slices.SortFunc(tests, byLine)
	return setups, tests
}

func (p *Program) testMethod(ctx context.Context, tx Tx, m *method, covered map[string]map[int]bool) error {
	r := p.newRun(ctx, tx)
	r.testing, r.covered = true, covered
	return r.guard(func() {
		f := r.frame(m.class, nil)
		f.line = m.line
		f.invoke(m, nil, nil)
	})
}
