package twilio

import (
	"bytes"
	"crypto/sha512"
	"encoding/base64"
	"fmt"
	"hash/maphash"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Plugin is what Flex's plugin loader is told, and its bundle.
type Plugin struct {
	Name, Version string
	// Bundle is the script, or BundlePath the file it is in, which is read again each time Flex loads it.
	Bundle     []byte
	BundlePath string
	// Integrity has the browser check the script's hash, which is taken when Flex asks for the list.
	Integrity bool
	// Phase is 3 when zero, like that of any plugin that does not say.
	Phase int
}

func (p Plugin) path() string { return "/plugins/v1/" + p.Name + "/" + p.Version + "/bundle.js" }

func (p Plugin) read() ([]byte, error) {
	if p.BundlePath == "" {
		return p.Bundle, nil
	}
	return os.ReadFile(p.BundlePath)
}

// definition is the plugin's entry in the list.
func (p Plugin) definition() (map[string]any, error) {
	phase := p.Phase
	if phase == 0 {
		phase = 3
	}
	definition := map[string]any{
		"name": p.Name, "unique_name": p.Name, "version": p.Version, "phase": phase, "src": "https://flex.twilio.com" + p.path(),
	}
	if p.Integrity {
		bundle, err := p.read()
		if err != nil {
			return nil, err
		}
		sum := sha512.Sum384(bundle)
		definition["integrity"] = "sha384-" + base64.StdEncoding.EncodeToString(sum[:])
	}
	return definition, nil
}

// serveFlex answers flex.twilio.com. Every path that is nothing else is a view of the one page.
func (t *Twilio) serveFlex(w http.ResponseWriter, r *http.Request) {
	switch path := r.URL.Path; {
	case path == "/api/v1/Session":
		writeJSON(w, http.StatusOK, map[string]any{"features": []any{}})
	case path == "/plugins":
		t.servePluginList(w)
	case strings.HasPrefix(path, "/plugins/"):
		t.servePlugin(w, r)
	case strings.HasPrefix(path, "/api/") || strings.HasPrefix(path, "/logs"):
		t.serveOther(w, r, r.Host)
	case path == "/host.js":
		t.serveHostFile(w, r, "host.js")
	case path == "/favicon.ico":
		w.WriteHeader(http.StatusNoContent)
	default:
		t.serveHostFile(w, r, "index.html")
	}
}

func (t *Twilio) serveHostFile(w http.ResponseWriter, r *http.Request, name string) {
	file, err := os.Open(filepath.Join(t.hostDir, name))
	if err != nil {
		http.Error(w, "twilio: no Flex page: "+err.Error(), http.StatusInternalServerError)
		return
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		http.Error(w, "twilio: no Flex page: "+err.Error(), http.StatusInternalServerError)
		return
	}
	// With a modification time the browser keeps the compiled script too, which makes Flex start four times as fast.
	w.Header().Set("Cache-Control", "no-cache")
	http.ServeContent(w, r, name, info.ModTime(), file)
}

func (t *Twilio) servePluginList(w http.ResponseWriter) {
	t.mu.Lock()
	plugins := t.plugins
	t.mu.Unlock()
	definitions := []any{}
	for _, plugin := range plugins {
		definition, err := plugin.definition()
		if err != nil {
			http.Error(w, fmt.Sprintf("twilio: plugin %s: %v", plugin.Name, err), http.StatusInternalServerError)
			return
		}
		definitions = append(definitions, definition)
	}
	writeJSON(w, http.StatusOK, definitions)
}

// bundles tells one bundle from another at no cost: Flex waits while it is taken, and a larger one would seem slower.
var bundles = maphash.MakeSeed()

func (t *Twilio) servePlugin(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	plugins := t.plugins
	t.mu.Unlock()
	for _, plugin := range plugins {
		if plugin.path() != r.URL.Path {
			continue
		}
		bundle, err := plugin.read()
		if err != nil {
			http.Error(w, fmt.Sprintf("twilio: plugin %s: %v", plugin.Name, err), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Cache-Control", "no-cache")
		w.Header().Set("ETag", fmt.Sprintf(`"%x"`, maphash.Bytes(bundles, bundle)))
		http.ServeContent(w, r, "bundle.js", time.Time{}, bytes.NewReader(bundle))
		return
	}
	http.NotFound(w, r)
}
