package incident

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/tui/kit"
)

// This file is about a log that something else changed, replaced or removed while it
// was open here. What this screen shows may then be the only whole copy: it is said at
// once, can be rescued, and is not let go of in silence.

// isChanged reports whether the log on the disk is not any more what is shown here.
func (c *Case) isChanged() bool { return c.changed != nil }

// changedNotice is what the banner says then.
func changedNotice(o *Case) string {
	return fmt.Sprintf("THE LOG WAS CHANGED BY SOMETHING ELSE; nothing can be recorded in it. All %d entries are still here: %s shows how to rescue them. (%s)",
		o.Inc.Head.Seq, o.UI.KeyOf("notsaved.show"), reasonOf(o.changed))
}

// reasonOf is what was found, without the words that lead to it.
func reasonOf(err error) string {
	text := err.Error()
	if inner := errors.Unwrap(err); inner != nil {
		text = inner.Error()
	}
	return clean.Bounded(text, 300)
}

// seeChange says at once, and once, that the log was changed, and takes it back when
// it was put right.
func seeChange(o *Outbox, was bool) tea.Cmd {
	switch {
	case o.isChanged() && !was:
		o.UI.Stay()
		return o.UI.Raise(newNotSaved(o))
	case was && !o.isChanged() && len(o.queue) == 0:
		hideNotSaved(o)
	}
	return nil
}

// hideNotSaved takes away the dialog about what was not saved.
func hideNotSaved(o *Outbox) {
	for d := range o.UI.Dialogs {
		if d, ok := d.(*notSavedDialog); ok && d.of == o {
			o.UI.Hide(d)
		}
	}
}

// changedAdvice is what the dialog says below the reason.
func changedAdvice(o *Outbox) string {
	return fmt.Sprintf("This screen still has all %d entries, perhaps the only whole copy. Rescued here, they are written anew, and the changed file is kept beside them. "+
		"Whatever changed it may still be at work in that folder: another disk or machine is safer.", o.Inc.Head.Seq)
}

// newLeaveChanged asks before what only this screen has is let go.
func newLeaveChanged(o *Outbox) kit.Dialog {
	about := fmt.Sprintf("Only this screen still has all %d entries. Rescue them first: %s. If it ends all the same, they are written into a file that is named then.",
		o.Inc.Head.Seq, o.UI.KeyOf("notsaved.show"))
	if n := len(o.queue); n > 0 {
		about += " " + kit.Plural(n, "action") + " could not be saved and would be lost."
	}
	return &kit.Confirm{UI: o.UI, Title: "THE LOG WAS CHANGED", Yes: "end all the same", Leaves: true, About: about, Do: o.UI.Leave}
}

// movedTo says where the log goes on after a rescue to another folder, here and when the
// program ends.
func movedTo(o *Outbox) tea.Cmd {
	dir, stayed := o.Session.Moved()
	if dir == "" {
		return nil
	}
	text := fmt.Sprintf("%s goes on in %s. Open it from now on with: muster --state %s open %s", o.Inc.ID, dir, quoteShell(dir), o.Inc.ID)
	o.parting = text
	text += "\n\nEverybody else has to open it there too: record nothing more in the old folder, or there will be two logs."
	if len(stayed) > 0 {
		text += "\n\nNot brought along:\n" + strings.Join(stayed, "\n")
	}
	return o.UI.Raise(kit.NewMessage(o.UI, "Rescued", text))
}

// quoteShell is text as one word of a shell's command line.
func quoteShell(text string) string {
	plain := func(c rune) bool {
		return strings.ContainsRune("/._-+,:@%", c) || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
	}
	if text != "" && strings.IndexFunc(text, func(c rune) bool { return !plain(c) }) < 0 {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// Parting says where the log goes on since a rescue to another folder; "" if it is
// where it was. It is for when the screens are gone.
func (c *Case) Parting() string { return c.parting }

// asideLimit is how long writing the entries aside may take when the program ends.
const asideLimit = 20 * time.Second

// aside writes what only this screen has into a file, and says which.
func aside(o *Outbox) string {
	err := o.Session.Writable()
	if !errors.Is(err, state.ErrChanged) {
		return ""
	}
	ctx, cancel := context.WithTimeout(context.Background(), asideLimit)
	defer cancel()
	inc := o.Session.Incident()
	path, err := o.Session.Aside(ctx)
	if err != nil {
		return fmt.Sprintf("  the log of %s was changed by something else, and its %d entries could not be written aside: %v", inc.ID, inc.Head.Seq, err)
	}
	return fmt.Sprintf("  the log of %s was changed by something else. Its %d entries are in %s\n  To go on with them: muster rescue %s --to FOLDER", inc.ID, inc.Head.Seq, path, quoteShell(path))
}
