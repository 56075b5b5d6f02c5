package main

import (
	"context"
	"fmt"
	"io"
	"os/exec"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/export"
	"muster/state/outside"
	"muster/state/response"
	"muster/tui"
)

// A screensWorld is what the screens can do outside, made of the real parts.
type screensWorld struct {
	*outside.Reach
	env *env
}

// Contacts implements tui.World.
func (w screensWorld) Contacts(context.Context) ([]response.Contact, error) {
	return ownContacts(w.env)
}

// Sitrep implements tui.World.
func (w screensWorld) Sitrep(_ context.Context, inc *state.Incident, since uint64) (string, error) {
	return export.NewSitrep(inc, sitrepOptions(w.env, since)).Markdown(), nil
}

// screensEditor opens texts in the person's own editor; nil if none is set.
func screensEditor(e *env) tui.Editor {
	if len(editorOf(e)) == 0 {
		return nil
	}
	return func(text string) (tea.ExecCommand, func() (string, error), error) {
		path, err := draftFile(text)
		if err != nil {
			return nil, nil, err
		}
		words := editorOf(e)
		read := func() (string, error) { return readDraft(e, path) }
		return editorCommand{exec.Command(words[0], append(words[1:], path)...), path}, read, nil
	}
}

// An editorCommand is an editor on the terminal that the screens lend it.
type editorCommand struct {
	*exec.Cmd
	path string // of what is typed
}

// Run implements tea.ExecCommand.
func (c editorCommand) Run() error {
	if err := c.Cmd.Run(); err != nil {
		return fmt.Errorf("the editor ended with %w; what was typed is kept in %s", err, c.path)
	}
	return nil
}

// SetStdin implements tea.ExecCommand.
func (c editorCommand) SetStdin(r io.Reader) { c.Stdin = r }

// SetStdout implements tea.ExecCommand.
func (c editorCommand) SetStdout(w io.Writer) { c.Stdout = w }

// SetStderr implements tea.ExecCommand.
func (c editorCommand) SetStderr(w io.Writer) { c.Stderr = w }
