package bench

import (
	"fmt"
	"path/filepath"

	"flexcaselog/internal/sandbox"
	"flexcaselog/internal/sandbox/twilio"
)

// Flex is what starting the real Flex UI takes, in milliseconds since its frame was
// navigated to.
type Flex struct {
	Desktop Stats `json:"desktop"` // until the agent's desktop is there
	Task    Stats `json:"task"`    // until the task that rings can be accepted
	Held    Stats `json:"held"`    // how long the plugin's init held Flex
	Ready   Stats `json:"ready"`   // from init until Salesforce has answered the plugin
	Own     Stats `json:"own"`     // the longest piece of script of the plugin's
	Long    Stats `json:"long"`    // how long all tasks of 50 ms and more took from init on
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

// flex starts the real Flex UI by turns with each plugin after a probe.
func (b *bench) flex(dir string, scripts map[string][]byte, p plan) (report map[string]map[string]Flex, err error) {
	first, _ := pages.ReadFile("page/probe.js")
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

	samples := map[string]map[string][]seen{"cold": {}, "warm": {}, "slow": {}}
	for round := range p.flex {
		b.say(fmt.Sprintf("the real Flex UI: round %d of %d", round+1, p.flex))
		for _, plugin := range inTurn(round, none, plain, ours) {
			list := []twilio.Plugin{{Name: "probe", Version: "1", Bundle: first, Phase: 3}}
			if plugin != none {
				list = append(list, twilio.Plugin{Name: "measured", Version: plugin, Bundle: scripts[plugin], Phase: 3})
			}
			centre.Twilio.SetPlugins(list...)
			err := func() error {
				c, err := startChrome(b.ctx, centre.Addr(), centre.Certificate())
				if err != nil {
					return err
				}
				defer c.close()
				page, err := c.open(sandbox.ConsoleURL)
				if err != nil {
					return err
				}
				frame, err := page.frame(sandbox.FlexHost)
				if err != nil {
					return err
				}
				look := func(into string) error {
					want := "window.probe?.task && probe.desktop"
					if plugin != none {
						want += " && probe.answered"
					}
					if err := frame.until(want); err != nil {
						return fmt.Errorf("%s: %w", plugin, err)
					}
					var s seen
					if err := frame.eval("probe.result()", &s); err != nil {
						return err
					}
					samples[into][plugin] = append(samples[into][plugin], s)
					return nil
				}
				if err := look("cold"); err != nil {
					return err
				}
				again := func(into string) error {
					if err := frame.eval("void (probe.task = 0, setTimeout(() => location.reload()))", nil); err != nil {
						return err
					}
					return look(into)
				}
				for range p.warmFlex {
					if err := again("warm"); err != nil {
						return err
					}
				}
				if round >= p.slowFlex {
					return nil
				}
				if err := frame.slow(slowly); err != nil {
					return err
				}
				return again("slow")
			}()
			if err != nil {
				return nil, err
			}
		}
	}
	report = map[string]map[string]Flex{}
	for temperature, plugins := range samples {
		report[temperature] = map[string]Flex{}
		for plugin, all := range plugins {
			report[temperature][plugin] = flexOf(all)
		}
	}
	return report, nil
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
		Held:    of(func(s seen) float64 { return s.Held }),
		Ready:   of(func(s seen) float64 { return max(0, s.Answered-s.Before) }),
		Own:     of(func(s seen) float64 { return longest(s.Own) }),
		Long:    of(func(s seen) float64 { return sum(s.Long) }),
	}
}
