package incident

import (
	"context"
	"errors"
	"path/filepath"
	"slices"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/state/response"
	"muster/state/sorted"
	"muster/tui/kit"
)

// keptFile is a file that was copied beside the log, or why it was not.
type keptFile struct {
	of     *Open
	asked  kit.Asked
	copy   *copying
	s      *Saving
	err    error
	reopen func() kit.Dialog
}

func keepFile(o *Open, path string, about state.AddEvidence, action state.Action, again func() kit.Dialog) tea.Cmd {
	ctx, cancel := context.WithCancel(o.Ctx)
	c := &copying{name: filepath.Base(path), cancel: cancel, began: o.UI.Now()}
	o.copies = append(o.copies, c)
	session, asked := o.Session, o.UI.Asked()
	return func() tea.Msg {
		defer cancel()
		file, err := session.Keep(ctx, path, func(done, all int64) { c.done.Store(done); c.all.Store(all) })
		file.Step, file.Note = about.Step, about.Note
		action.Command = file
		return keptFile{o, asked, c, &Saving{Action: action, Again: again}, err, again}
	}
}

// Deliver implements kit.Routed: it records the file, or opens the form again.
func (k keptFile) Deliver() tea.Cmd {
	o := k.of
	o.copies = sorted.Without(slices.Clone(o.copies), func(c *copying) bool { return c == k.copy })
	o.UI.Say("")
	switch {
	case k.err == nil:
		return o.Do(k.s)
	case errors.Is(k.err, context.Canceled):
		o.UI.Say("Not attached: " + clean.Line(k.copy.name))
		return nil
	}
	d := k.reopen()
	if p, ok := d.(*kit.Prompt); ok {
		p.Wrong = "Not attached: " + k.err.Error()
	}
	return k.asked.Show(d)
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
