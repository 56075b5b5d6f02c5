package incident

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/tui/kit"
)

// This file is about a log that something else changed, replaced or removed while it
// was open here. What this screen shows may then be the only whole copy: it is said at
// once, can be rescued, and is not let go of in silence.

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
