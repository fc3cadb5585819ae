package apexrun

import (
	"encoding/xml"
	"fmt"
	"io"
	"time"
)

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Time     string      `xml:"time,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	Time    string        `xml:"time,attr"`
	Failure *junitFailure `xml:"failure"`
}

type junitFailure struct {
	Message string `xml:"message,attr"`
}

// JUnit writes the report in the form that CI systems read, a suite for each class.
func (r Report) JUnit(w io.Writer) error {
	var suites []*junitSuite
	took := map[*junitSuite]time.Duration{}
	for _, t := range r.Tests {
		if n := len(suites); n == 0 || suites[n-1].Name != t.Class {
			suites = append(suites, &junitSuite{Name: t.Class})
		}
		s := suites[len(suites)-1]
		c := junitCase{Class: t.Class, Name: t.Method, Time: seconds(t.Took)}
		if t.Err != nil {
			c.Failure = &junitFailure{t.Err.Error()}
			s.Failures++
		}
		s.Cases = append(s.Cases, c)
		s.Tests++
		took[s] += t.Took
		s.Time = seconds(took[s])
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return fmt.Errorf("apexrun: junit: %w", err)
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	err := e.Encode(struct {
		XMLName xml.Name      `xml:"testsuites"`
		Suites  []*junitSuite `xml:"testsuite"`
	}{Suites: suites})
	if err != nil {
		return fmt.Errorf("apexrun: junit: %w", err)
	}
	return nil
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.3f", d.Seconds()) }
