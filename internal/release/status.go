package release

import (
	"context"
	"fmt"
	"time"
)

// Status is what an administrator wants to know at a glance.
type Status struct {
	Account  string    `json:"account"`
	Released string    `json:"released"` // the version; empty where it is not released
	Since    time.Time `json:"since,omitzero"`
	By       string    `json:"by,omitempty"`
	Bytes    int       `json:"bytes,omitempty"`
	Digest   string    `json:"sha256,omitempty"`
	Versions []Version `json:"versions"`
	Others   []Entry   `json:"others"`
	Tree     string    `json:"tree"` // the version of this tree
	// Drift is how the account and the tree differ, a sentence each.
	Drift []string `json:"drift"`
}

// Tree is what there is on this side: the version, and the digest of the bundle
// where one was built.
type Tree struct{ Version, Digest string }

// Status reads the account and compares it with the tree. It changes nothing.
func (a *Account) Status(ctx context.Context, tree Tree) (Status, error) {
	shot, err := a.Look(ctx)
	if err != nil {
		return Status{}, err
	}
	s := Status{
		Account: shot.Account, Since: shot.Since, By: shot.By, Tree: tree.Version,
		Versions: append([]Version{}, shot.Versions...), Others: append([]Entry{}, shot.Others...), Drift: []string{},
	}
	if shot.Released == nil {
		s.Since, s.By = time.Time{}, ""
		s.Drift = append(s.Drift, fmt.Sprintf("the tree has version %s, and nothing is released", tree.Version))
		return s, nil
	}
	s.Released = shot.Released.Version
	file, there := shot.Hosted[shot.Released.URL]
	s.Bytes, s.Digest = file.Bytes, file.Digest
	switch {
	case s.Released != tree.Version:
		s.Drift = append(s.Drift, fmt.Sprintf("the tree has version %s, and %s is released", tree.Version, s.Released))
	case file.Digest != "" && tree.Digest != "" && file.Digest != tree.Digest:
		s.Drift = append(s.Drift, fmt.Sprintf("version %s is released with other bytes than this tree's bundle (sha256 %.12s…, this is %.12s…)", s.Released, file.Digest, tree.Digest))
	}
	if !there {
		s.Drift = append(s.Drift, fmt.Sprintf("the file of version %s is not served from where flexcase puts it (%s)", s.Released, shot.Released.URL))
	}
	return s, nil
}
