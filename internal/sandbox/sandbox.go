package sandbox

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"flexcaselog/internal/sandbox/flexhost"
	"flexcaselog/internal/sandbox/lightning"
	"flexcaselog/internal/sandbox/org"
	"flexcaselog/internal/sandbox/twilio"
)

// ConsoleURL is the page an agent has open.
const ConsoleURL = "https://" + ConsoleHost + "/lightning/page/home"

// EvilURL is the same page at a host that only looks like Salesforce's.
const EvilURL = "https://" + EvilHost + "/lightning/page/home"

// The plugin as Flex's loader is told of it.
const (
	PluginName    = "flex-caselog"
	pluginVersion = "0.0.0-sandbox"
)

// Config says what the contact centre is made of.
type Config struct {
	// BundlePath is the plugin's bundle, read again each time Flex starts.
	BundlePath string
	// CacheDir is where Flex UI is kept once it has been made; needs 20 MB.
	CacheDir string
	// ProjectDir is the SFDX project whose classes and objects the org has.
	ProjectDir string
	// PersonAccounts gives the org Accounts that are people.
	PersonAccounts bool
	// Database is the file of the org's rows; empty keeps them in memory.
	Database string
	// Progress is told in sentences what takes long. It may be nil.
	Progress func(string)
	// Log is given a line for each message between Flex and Twilio. It may be nil.
	Log func(string)
	// Desktop, if it is not nil, is served at FlexHost in the place of Flex, which
	// is not made then.
	Desktop http.Handler
}

// Sandbox is a contact centre that is running. Its parts may be steered at any
// time. Close it.
type Sandbox struct {
	Org     *org.Org
	Console *lightning.Console
	Twilio  *twilio.Twilio

	plugin      twilio.Plugin
	certificate *x509.Certificate
	listener    net.Listener
	server      *http.Server
	served      chan error
}

// Start starts everything but a browser. It errors when Flex UI cannot be made,
// the bundle is not there, the Apex project does not load, or there is no port.
// The parts go on until Close, also after ctx has ended.
func Start(ctx context.Context, c Config) (s *Sandbox, err error) {
	if c.Progress == nil {
		c.Progress = func(string) {}
	}
	bundle, err := filepath.Abs(c.BundlePath)
	if err != nil {
		return nil, fmt.Errorf("sandbox: %w", err)
	}
	if _, err := os.Stat(bundle); err != nil {
		return nil, fmt.Errorf("sandbox: no plugin: %w", err)
	}
	var host string
	if c.Desktop == nil {
		if host, err = flexhost.Prepare(ctx, c.CacheDir, c.Progress); err != nil {
			return nil, fmt.Errorf("sandbox: %w", err)
		}
	}
	s = &Sandbox{served: make(chan error, 1)}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close())
			s = nil
		}
	}()
	c.Progress("Opening the org: its objects and the shipped Apex.")
	if s.Org, err = org.Open(ctx, org.Config{ProjectDir: c.ProjectDir, Path: c.Database, PersonAccounts: c.PersonAccounts}); err != nil {
		return nil, fmt.Errorf("sandbox: %w", err)
	}
	s.Console, err = lightning.New(lightning.Config{
		Origin: "https://" + ConsoleHost, AdapterURL: twilio.DesktopURL, Org: orgBehind{s.Org},
		PanelWidth: 460, PanelHeight: 640,
	})
	if err != nil {
		return nil, fmt.Errorf("sandbox: %w", err)
	}
	s.plugin = twilio.Plugin{Name: PluginName, Version: pluginVersion, BundlePath: bundle}
	s.Twilio = twilio.New(twilio.Config{
		HostDir: host,
		Plugins: []twilio.Plugin{s.plugin},
		Log:     c.Log,
		// Beside Salesforce, Flex's own CRM panel would take the room of its desktop.
		UIAttributes: map[string]any{
			"componentProps": map[string]any{"AgentDesktopView": map[string]any{"showPanel2": false}},
		},
	})
	desktop := c.Desktop
	if desktop == nil {
		desktop = s.Twilio
	}
	return s, s.listen(desktop)
}

func (s *Sandbox) listen(desktop http.Handler) error {
	pair, err := certify(time.Now())
	if err != nil {
		return err
	}
	s.certificate = pair.Leaf
	s.listener, err = net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("sandbox: %w", err)
	}
	s.server = &http.Server{
		Handler:           route(s.Console, desktop, s.Twilio, &bar{line: s.Twilio}),
		TLSConfig:         &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12},
		ReadHeaderTimeout: 10 * time.Second,
		// Chromium looks for captive portals and the like with plain HTTP.
		ErrorLog: log.New(io.Discard, "", 0),
	}
	go func() { s.served <- s.server.ServeTLS(s.listener, "", "") }()
	return nil
}

// Addr is the one address everything listens on, on the loopback.
func (s *Sandbox) Addr() string { return s.listener.Addr().String() }

// Plugin is what Flex's loader is told of the bundle, unless a test tells it else.
func (s *Sandbox) Plugin() twilio.Plugin { return s.plugin }

// Certificate is the one a browser has to believe.
func (s *Sandbox) Certificate() *x509.Certificate { return s.certificate }

// Close ends all parts. It errors when the org's rows could not be put away.
func (s *Sandbox) Close() error {
	var errs []error
	if s.Twilio != nil {
		s.Twilio.Close()
	}
	if s.server != nil {
		errs = append(errs, s.server.Close())
		if err := <-s.served; !errors.Is(err, http.ErrServerClosed) {
			errs = append(errs, err)
		}
		s.server = nil
	}
	if s.Org != nil {
		errs = append(errs, s.Org.Close())
		s.Org = nil
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("sandbox: closing: %w", err)
	}
	return nil
}
