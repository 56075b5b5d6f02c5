package incident

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/state/response"
	"muster/state/sorted"
	"muster/tui/kit"
)

// A batch is files that were given at once. They go in one after the other, each by an entry
// of its own; one that cannot be read holds up no other.
type batch struct {
	of     *Open
	asked  kit.Asked
	about  state.AddEvidence
	action state.Action
	split  bool                          // of several names that were given as one, each is one
	rest   []string                      // paths; the first is under way
	in     []string                      // names of those that are recorded
	out    []string                      // paths of those that could not be read
	wrong  []string                      // why
	again  func(path string) *kit.Prompt // the form, as it was but for the path
}

// next attaches the first that is left, or says what has become of them.
func (b *batch) next() tea.Cmd {
	switch {
	case len(b.rest) > 0:
		return b.keep(b.rest[0])
	case len(b.out) > 0:
		p := b.form()
		p.Wrong = b.went("Not attached: " + strings.Join(b.wrong, "; "))
		return b.asked.Show(p)
	case len(b.in) > 1:
		b.of.UI.Say(b.went(""))
	}
	return nil
}

// form is the form again, with the files that are not attached.
func (b *batch) form() *kit.Prompt {
	paths := slices.Concat(b.out, b.rest)
	if len(paths) > 1 {
		for i := range paths { // as a terminal pastes them
			paths[i] = "'" + strings.ReplaceAll(paths[i], "'", `'\''`) + "'"
		}
	}
	return b.again(strings.Join(paths, " "))
}

// went is what is said of those that are not attached, behind those that are.
func (b *batch) went(not string) string {
	if len(b.in) == 0 {
		return not
	}
	return strings.TrimSpace("Attached: " + strings.Join(b.in, ", ") + ". " + not)
}

// keptFile is a file that was copied beside the log, or why it was not.
type keptFile struct {
	of   *batch
	copy *copying
	are  []string // what the path stood for
	file state.AddEvidence
	err  error
}

// keep copies a file.
func (b *batch) keep(path string) tea.Cmd {
	o := b.of
	ctx, cancel := context.WithCancel(o.Ctx)
	c := &copying{name: filepath.Base(path), cancel: cancel, began: o.UI.Now()}
	o.copies = append(o.copies, c)
	o.UI.Say("Copying " + path + "; " + kit.Esc(o.UI) + " ends it")
	session, are, split := o.Session, []string{path}, b.split
	return func() tea.Msg {
		defer cancel()
		if !split {
			are = session.Files(ctx, path)
		}
		file, err := session.Keep(ctx, are[0], func(done, all int64) { c.done.Store(done); c.all.Store(all) })
		file.Step, file.Note = b.about.Step, b.about.Note
		return keptFile{b, c, are, file, err}
	}
}

// Deliver implements kit.Routed: it records the file, or notes that it could not be read.
func (k keptFile) Deliver() tea.Cmd {
	b, o := k.of, k.of.of
	o.copies = sorted.Without(slices.Clone(o.copies), func(c *copying) bool { return c == k.copy })
	o.UI.Say("")
	b.split, b.rest = true, slices.Concat(k.are, b.rest[1:])
	if errors.Is(k.err, context.Canceled) {
		var names []string
		for _, path := range slices.Concat(b.out, b.rest) {
			names = append(names, filepath.Base(path))
		}
		o.UI.Say(b.went("Not attached: " + clean.Line(strings.Join(names, ", "))))
		return nil
	}
	if k.err != nil {
		b.out, b.wrong, b.rest = append(b.out, b.rest[0]), append(b.wrong, k.err.Error()), b.rest[1:]
		return b.next()
	}
	s := &Saving{Action: b.action, Again: func() kit.Dialog { return b.form() }}
	s.Action.Command = k.file
	s.Then = func() tea.Cmd {
		b.in, b.rest = append(b.in, clean.Line(k.file.Name)), b.rest[1:]
		b.action.Occurred = s.Action.Occurred // it was set for all of them
		return b.next()
	}
	return o.Do(s)
}

// EndCopies ends what is being copied, and reports whether anything was.
func (c *Case) EndCopies() bool {
	for _, one := range c.copies {
		one.cancel()
	}
	return len(c.copies) > 0
}

// copyState is how far the first copy is; "" if nothing is copied.
func copyState(c *Case) string {
	if len(c.copies) == 0 {
		return ""
	}
	one := c.copies[0]
	done, all := one.done.Load(), one.all.Load()
	now := c.UI.Now()
	if done != one.seen || one.moved.IsZero() {
		one.seen, one.moved = done, now
	}
	return response.CopyProgress(done, all, now.Sub(one.began), now.Sub(one.moved))
}

// newLeaveCopying asks before a file that is being copied is let go.
func newLeaveCopying(c *Case) kit.Dialog {
	return &kit.Confirm{
		UI: c.UI, Title: "NOT ATTACHED YET", Yes: "end all the same", Leaves: true, Do: c.UI.Leave,
		About: clean.Line(c.copies[0].name) + " is still being copied. If muster ends now it is not attached.",
	}
}
