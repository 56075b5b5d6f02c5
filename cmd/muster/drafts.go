package main

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"muster/tui"
)

// This file keeps what is typed into the screens' forms and recorded nowhere yet: a file a
// form, mode 0600, in the folder drafts of its incident. It is no part of the log, of its
// exports or of a rescue.

// Bounds on drafts. A form holds no more than its fields take.
const (
	maxDraft  = 1 << 20 // bytes of a file
	maxDrafts = 500     // files of an incident that are read
)

// drafts is the folder of a scope's drafts. Only an incident that lies in the store has
// one.
func (d *desk) drafts(scope string) (string, error) {
	dir, err := d.env.stateDir()
	if err != nil || scope == "" {
		return filepath.Join(dir, "drafts"), err
	}
	if filepath.Base(scope) != scope || scope[0] == '.' {
		return "", fs.ErrNotExist
	}
	incident := filepath.Join(dir, "incidents", scope)
	if info, err := os.Lstat(incident); err != nil || !info.IsDir() {
		return "", fs.ErrNotExist
	}
	return filepath.Join(incident, "drafts"), nil
}

// A draftContent is what a draft's file holds.
type draftContent struct {
	Person string            `json:"person"`
	Form   string            `json:"form"`
	Texts  map[string]string `json:"texts"`
}

// Drafts implements tui.Desk. A file that is no draft is left alone.
func (d *desk) Drafts(ctx context.Context, scope string) ([]tui.Draft, error) {
	dir, err := d.drafts(scope)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	files, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var all []tui.Draft
	for _, f := range files[:min(len(files), maxDrafts)] {
		info, err := f.Info()
		if err != nil || !info.Mode().IsRegular() || info.Size() > maxDraft {
			continue
		}
		text, err := readBounded(filepath.Join(dir, f.Name()))
		var c draftContent
		if err == nil && json.Unmarshal(text, &c) == nil && f.Name() == draftName(c.Person, c.Form) {
			all = append(all, tui.Draft{Scope: scope, Person: c.Person, Form: c.Form, Texts: c.Texts})
		}
	}
	return all, errors.Join(err, ctx.Err())
}

func draftName(person, form string) string {
	sum := sha256.Sum256([]byte(person + "\x00" + form))
	return fmt.Sprintf("%x.json", sum[:12])
}

// KeepDraft implements tui.Desk. The file is whole at every moment.
func (d *desk) KeepDraft(draft tui.Draft) error {
	dir, err := d.drafts(draft.Scope)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // a file was opened by its name: its drafts end with the screens
	}
	if err != nil {
		return err
	}
	path := filepath.Join(dir, draftName(draft.Person, draft.Form))
	if len(draft.Texts) == 0 {
		if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	text, err := json.Marshal(draftContent{draft.Person, draft.Form, draft.Texts})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return writeWhole(path, text)
}
