package bench

import (
	"context"
	"fmt"
	"time"
)

// Config says what is measured.
type Config struct {
	Dir      string // of the repository
	Quick    bool   // a look in some minutes, whose figures mean nothing
	Flex     bool   // the real Flex UI, too
	Progress func(string)
}

// Report is what was measured. Maps are by plugin.
type Report struct {
	When     time.Time        `json:"when"`
	Browser  string           `json:"browser"`
	Quick    bool             `json:"quick"`
	Bytes    map[string]Bytes `json:"bytes"`
	Cold     map[string]Start `json:"cold"`
	Warm     map[string]Start `json:"warm"`
	ColdSlow map[string]Start `json:"coldSlow"`

	Events     map[string]Event           `json:"events"`
	EventsSlow map[string]Event           `json:"eventsSlow"`
	Open       map[string]map[int]Event   `json:"open"` // by how many tasks are open
	Memory     map[string][]Memory        `json:"memory"`
	Flex       map[string]map[string]Flex `json:"flex"` // cold, warm, slow
}

type bench struct {
	ctx  context.Context
	site *site
	say  func(string)
}

// slowly is how many times as long everything takes on a slow machine.
const slowly = 4

// plan is how often what is done.
type plan struct {
	starts, slowStarts, flex, slowFlex int
	warmFlex                           int // in one browser
	tasks, slowTasks, openTasks        int
	open, memory                       []int
}

func (c Config) plan() plan {
	if c.Quick {
		return plan{
			starts: 2, slowStarts: 1, flex: 1, slowFlex: 1, warmFlex: 2,
			tasks: 4, slowTasks: 2, openTasks: 3, open: []int{1, 10}, memory: []int{0, 20, 60},
		}
	}
	return plan{
		starts: 15, slowStarts: 15, flex: 15, slowFlex: 15, warmFlex: 60,
		tasks: 120, slowTasks: 20, openTasks: 20, open: []int{1, 10, 100, 1000}, memory: []int{0, 100, 1000, 10_000},
	}
}

// Run measures everything, the plugins by turns.
func Run(ctx context.Context, c Config) (report Report, err error) {
	report = Report{
		When: time.Now().UTC(), Quick: c.Quick, Bytes: map[string]Bytes{},
		Events: map[string]Event{}, EventsSlow: map[string]Event{}, Open: map[string]map[int]Event{}, Memory: map[string][]Memory{},
	}
	scripts, err := build(ctx, c.Dir)
	if err != nil {
		return report, err
	}
	for plugin, script := range scripts {
		if report.Bytes[plugin], err = bytesOf(script); err != nil {
			return report, err
		}
	}
	site := newSite(scripts)
	defer site.Close()
	b := &bench{ctx, site, c.Progress}
	if report.Browser, err = b.version(); err != nil {
		return report, err
	}
	p := c.plan()
	if report.Cold, report.Warm, err = b.starts(1, p.starts); err != nil {
		return report, err
	}
	if report.ColdSlow, _, err = b.starts(slowly, p.slowStarts); err != nil {
		return report, err
	}
	for _, plugin := range everyPlugin {
		b.say("events with " + plugin)
		if report.Events[plugin], err = b.events(plugin, 1, p.tasks, 0); err != nil {
			return report, err
		}
		if report.EventsSlow[plugin], err = b.events(plugin, slowly, p.slowTasks, 0); err != nil {
			return report, err
		}
	}
	for _, plugin := range []string{plain, ours} {
		report.Open[plugin] = map[int]Event{}
		for _, n := range p.open {
			b.say(fmt.Sprintf("events with %s while %d tasks are open", plugin, n))
			if report.Open[plugin][n], err = b.events(plugin, 1, p.openTasks, n); err != nil {
				return report, err
			}
		}
	}
	for _, plugin := range []string{none, plain, ours} {
		if report.Memory[plugin], err = b.memory(plugin, p.memory); err != nil {
			return report, err
		}
	}
	if c.Flex {
		report.Flex, err = b.flex(c.Dir, scripts, p)
	}
	return report, err
}

func (b *bench) version() (string, error) {
	c, err := startChrome(b.ctx, b.site.addr(), b.site.Certificate())
	if err != nil {
		return "", err
	}
	defer c.close()
	d, err := c.open("about:blank")
	if err != nil {
		return "", err
	}
	var version string
	err = d.eval("navigator.userAgent.match(/Chrome\\/[0-9]+/)[0]", &version)
	return version, err
}
