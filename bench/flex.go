package bench

import (
	"fmt"
	"path/filepath"
	"time"

	"flexcaselog/internal/sandbox"
	"flexcaselog/internal/sandbox/twilio"
)

// Flex is what starting the real Flex UI takes, in milliseconds since its frame was
// navigated to.
type Flex struct {
	Desktop Stats `json:"desktop"` // until the agent's desktop is there
	Task    Stats `json:"task"`    // until the task that rings can be accepted
	Since   Stats `json:"since"`   // of that, since Flex has come to the plugin: what was before can't be the plugin's
	Held    Stats `json:"held"`    // how long the plugin's init held Flex
	Ready   Stats `json:"ready"`   // from init until Salesforce has answered the plugin
	Own     Stats `json:"own"`     // the longest piece of script of the plugin's
	Long    Stats `json:"long"`    // how long all tasks of 50 ms and more took from init until then
}

// seen is what the probes have seen.
type seen struct {
	Before   float64   `json:"before"`
	Held     float64   `json:"held"`
	Desktop  float64   `json:"desktop"`
	Task     float64   `json:"task"`
	Answered float64   `json:"answered"`
	Long     []float64 `json:"long"`
	Own      []float64 `json:"own"`
}

// flexStarts are starts of the real Flex UI, in one sandbox.
type flexStarts struct {
	*bench
	centre  *sandbox.Sandbox
	scripts map[string][]byte
	samples map[string]map[string][]seen // by temperature and plugin
}

// flex starts the real Flex UI by turns with each plugin after a probe.
func (b *bench) flex(dir string, scripts map[string][]byte, p plan) (map[string]map[string]Flex, error) {
	centre, err := sandbox.Start(b.ctx, sandbox.Config{
		BundlePath: filepath.Join(dir, "out", "bench", "bundle.js"), CacheDir: filepath.Join(dir, ".cache", "flexhost"),
		ProjectDir: filepath.Join(dir, "apex"), Progress: b.say,
	})
	if err != nil {
		return nil, err
	}
	defer centre.Close()
	ringing := centre.Twilio.Ring(twilio.Task{})
	defer func() { _ = centre.Twilio.CustomerCancels(ringing.SID) }()
	f := &flexStarts{b, centre, scripts, map[string]map[string][]seen{"cold": {}, "warm": {}, "slow": {}}}
	if err := f.cold(p.flex); err != nil {
		return nil, err
	}
	if err := f.warm(p.warmFlex, p.slowFlex); err != nil {
		return nil, err
	}
	report := map[string]map[string]Flex{}
	for temperature, plugins := range f.samples {
		report[temperature] = map[string]Flex{}
		for plugin, all := range plugins {
			report[temperature][plugin] = flexOf(all)
		}
	}
	return report, nil
}

// cold starts Flex in a Chromium of its own each time.
func (f *flexStarts) cold(rounds int) error {
	for round := range rounds {
		f.say(fmt.Sprintf("the real Flex UI, cold: round %d of %d", round+1, rounds))
		for _, plugin := range inTurn(round, none, plain, ours) {
			c, frame, err := f.open(plugin)
			if err != nil {
				return err
			}
			err = f.look(frame, "cold", plugin)
			c.close()
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// kept is how many starts with each plugin it takes until Chromium keeps everything
// compiled.
const kept = 3

// warm starts Flex in one Chromium again and again, which has all of it compiled by then,
// and then with the CPU slowed down.
func (f *flexStarts) warm(rounds, slowRounds int) error {
	c, frame, err := f.open(none)
	if err != nil {
		return err
	}
	defer c.close()
	starts := func(temperature string, rounds int) error {
		for round := range rounds {
			f.say(fmt.Sprintf("the real Flex UI, %s: round %d of %d", temperature, round+1, rounds))
			for _, plugin := range inTurn(round, none, plain, ours) {
				if err := f.reload(frame, temperature, plugin); err != nil {
					return err
				}
			}
		}
		return nil
	}
	if err := starts("warming", kept); err != nil {
		return err
	}
	if err := starts("warm", rounds); err != nil {
		return err
	}
	if err := frame.slow(slowly); err != nil {
		return err
	}
	return starts("slow", slowRounds)
}

// open starts a Chromium, and Flex in it.
func (f *flexStarts) open(plugin string) (*chrome, *document, error) {
	f.load(plugin)
	c, err := startChrome(f.ctx, f.centre.Addr(), f.centre.Certificate())
	if err != nil {
		return nil, nil, err
	}
	page, err := c.open(sandbox.ConsoleURL)
	if err != nil {
		c.close()
		return nil, nil, err
	}
	frame, err := page.frame(sandbox.FlexHost)
	if err != nil {
		c.close()
		return nil, nil, err
	}
	return c, frame, nil
}

// load has the next Flex that starts load a probe, and the plugin.
func (f *flexStarts) load(plugin string) {
	probe, _ := pages.ReadFile("page/probe.js")
	list := []twilio.Plugin{{Name: "probe", Version: "1", Bundle: probe, Phase: 3}}
	if plugin != none {
		list = append(list, twilio.Plugin{Name: "measured", Version: plugin, Bundle: f.scripts[plugin], Phase: 3})
	}
	f.centre.Twilio.SetPlugins(list...)
}

// reload starts Flex anew.
func (f *flexStarts) reload(frame *document, temperature, plugin string) error {
	f.load(plugin)
	if err := frame.eval("void (window.probe = undefined, setTimeout(() => location.reload()))", nil); err != nil {
		return err
	}
	return f.look(frame, temperature, plugin)
}

// look waits until Flex has started, the plugin has done what it does then, and all has
// come to rest, and takes what the probe has seen.
func (f *flexStarts) look(frame *document, temperature, plugin string) error {
	want := "window.probe?.task && probe.desktop"
	if plugin != none {
		want += " && probe.answered"
	}
	if err := frame.until(want); err != nil {
		return fmt.Errorf("%s: %w", plugin, err)
	}
	time.Sleep(rest)
	var s seen
	if err := frame.eval("probe.result()", &s); err != nil {
		return err
	}
	if samples := f.samples[temperature]; samples != nil {
		samples[plugin] = append(samples[plugin], s)
	}
	return nil
}

func flexOf(all []seen) Flex {
	of := func(f func(seen) float64) Stats {
		values := make([]float64, len(all))
		for i, s := range all {
			values[i] = f(s)
		}
		return statsOf(values)
	}
	longest := func(list []float64) (longest float64) {
		for _, d := range list {
			longest = max(longest, d)
		}
		return longest
	}
	sum := func(list []float64) (sum float64) {
		for _, d := range list {
			sum += d
		}
		return sum
	}
	return Flex{
		Desktop: of(func(s seen) float64 { return s.Desktop }),
		Task:    of(func(s seen) float64 { return s.Task }),
		Since:   of(func(s seen) float64 { return s.Task - s.Before }),
		Held:    of(func(s seen) float64 { return s.Held }),
		Ready:   of(func(s seen) float64 { return max(0, s.Answered-s.Before) }),
		Own:     of(func(s seen) float64 { return longest(s.Own) }),
		Long:    of(func(s seen) float64 { return sum(s.Long) }),
	}
}
