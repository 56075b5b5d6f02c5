package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/export"
	"muster/tui"
)

// A screensWorld is what the screens can do outside, made of the real parts.
type screensWorld struct{ env *env }

// Check implements tui.World.
func (w screensWorld) Check(ctx context.Context, inc *state.Incident, service string) (state.RecordCheck, error) {
	s := inc.Service(service)
	if s == nil {
		return state.RecordCheck{}, fmt.Errorf("there is no service %q in this incident", service)
	}
	world, err := w.env.world(ctx, inc)
	if err != nil {
		return state.RecordCheck{}, err
	}
	return world.Check(ctx, service, s.Def.Check)
}

// Channels implements tui.World.
func (w screensWorld) Channels() []tui.Channel {
	var list []tui.Channel
	for _, c := range w.env.channels {
		list = append(list, tui.Channel{Name: c.Name, Kind: string(c.Kind)})
	}
	return list
}

// Send implements tui.World.
func (w screensWorld) Send(ctx context.Context, inc *state.Incident, notice string, version int, channel string) (tui.Receipt, error) {
	n := inc.Notice(notice)
	if n == nil || n.Last() == nil || n.Last().Number != version {
		return tui.Receipt{}, fmt.Errorf("version %d is not the last one: read it again", version)
	}
	to, err := w.env.channel(channel)
	if err != nil {
		return tui.Receipt{}, err
	}
	world, err := w.env.world(ctx, inc)
	if err != nil {
		return tui.Receipt{}, err
	}
	receipt, err := world.Send(ctx, to, message(inc, n, n.Last()))
	return tui.Receipt{How: receipt.How, To: receipt.To}, err
}

// Contacts implements tui.World.
func (w screensWorld) Contacts(_ context.Context, inc *state.Incident) ([]tui.Contact, error) {
	views, err := w.env.contacts(inc)
	if err != nil {
		return nil, err
	}
	var list []tui.Contact
	for _, v := range views {
		one := tui.Contact{ID: v.ID, Title: v.Title, Role: v.Role, Hours: v.Hours, Note: v.Note}
		for _, reach := range v.Reach {
			one.Reach = append(one.Reach, tui.Way(reach))
		}
		list = append(list, one)
	}
	return list, nil
}

// Sitrep implements tui.World.
func (w screensWorld) Sitrep(_ context.Context, inc *state.Incident, since uint64) (string, error) {
	return export.NewSitrep(inc, w.env.sitrepOptions(since)).Markdown(), nil
}

// screensEditor opens texts in the person's own editor; nil if none is set.
func (e *env) screensEditor() tui.Editor {
	if len(e.editor()) == 0 {
		return nil
	}
	return func(text string) (tea.ExecCommand, func() (string, error), error) {
		path, err := draftFile(text)
		if err != nil {
			return nil, nil, err
		}
		words := e.editor()
		read := func() (string, error) {
			defer os.Remove(path)
			return e.readText(path)
		}
		return editorCommand{exec.Command(words[0], append(words[1:], path)...)}, read, nil
	}
}

// An editorCommand is an editor on the terminal that the screens lend it.
type editorCommand struct{ *exec.Cmd }

// SetStdin implements tea.ExecCommand.
func (c editorCommand) SetStdin(r io.Reader) { c.Stdin = r }

// SetStdout implements tea.ExecCommand.
func (c editorCommand) SetStdout(w io.Writer) { c.Stdout = w }

// SetStderr implements tea.ExecCommand.
func (c editorCommand) SetStderr(w io.Writer) { c.Stderr = w }
