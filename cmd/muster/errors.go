package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"muster/state"
	"muster/state/clean"
	"muster/state/guard"
)

// The exit codes.
const (
	exitDone    = 0
	exitRefused = 1 // refused, failed, or something was found
	exitUsage   = 2 // the command was not written as it must be
)

// A usageError is a command that was not written as it must be.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func usage(err error) error {
	if err == nil {
		return nil
	}
	return usageError{err}
}

func usagef(format string, args ...any) error { return usage(fmt.Errorf(format, args...)) }

// A hintError is an error with a sentence on what to do next.
type hintError struct {
	error
	hint string
}

func (e hintError) Unwrap() error { return e.error }

func hint(err error, format string, args ...any) error {
	return hintError{err, fmt.Sprintf(format, args...)}
}

// errFound ends a command with exit code 1 that has said what it found.
var errFound = errors.New("found")

// reportError says on w what went wrong and what to do next, and returns
// the exit code.
func reportError(w io.Writer, err error) int {
	if err == nil {
		return exitDone
	}
	if !errors.Is(err, errFound) {
		fmt.Fprintln(w, clean.Text(sayError(err)))
	}
	if errors.As(err, new(usageError)) {
		return exitUsage
	}
	return exitRefused
}

// An unsavedError is an action whose write failed.
type unsavedError struct {
	error
	at    time.Time // when it happened; zero if the command cannot be told
	typed string    // the command line
}

func (e unsavedError) Unwrap() error { return e.error }

// sayFile is an error's text, in which what the system said of a file is a sentence.
func sayFile(err error) string {
	text := err.Error()
	if path := (*fs.PathError)(nil); errors.As(err, &path) {
		text = strings.ReplaceAll(text, path.Error(), guard.Say(path.Path, path).Error())
	}
	return text
}

// nextOfFile says what to do about an error of a file or a folder.
func nextOfFile(err error) []string {
	var failure *guard.Failure
	var path *fs.PathError
	switch {
	case errors.As(err, &failure):
		if next := failure.Hint(); next != "" {
			return []string{next}
		}
	case guard.IsFull(err) && errors.As(err, &path) && path.Path == os.Stdout.Name():
		return []string{"Where standard output goes is full. Send it elsewhere, or to a file with -o FILE where the command has that."}
	case guard.IsFull(err):
		return []string{"Make room or mend the disk. Another disk is taken with --state DIR for a new incident, and with muster rescue --to DIR for one that is there."}
	case guard.IsCircle(err):
		return []string{"Links lead in a circle there: ls -l shows them. Choose another folder with --state DIR."}
	case errors.Is(err, fs.ErrPermission):
		return []string{"You may not read or write there: see the folder's owner and mode, or choose another with --state DIR."}
	}
	return nil
}

// commandsOf says of each deed by which command it is done; OF, ASK and SEQ stand for what of.
var commandsOf = map[state.Deed]string{
	state.DeedApprove:     "It is approved with: muster notice approve OF",
	state.DeedDraft:       "It is drafted with: muster notice draft OF",
	state.DeedSend:        "It is sent with: muster notice send OF",
	state.DeedNotice:      "It is drafted with: muster notice draft NOTICE, and sent with: muster notice send NOTICE",
	state.DeedTitle:       "It is changed with: muster title \"TEXT\" --why \"WHY\"",
	state.DeedCall:        "A call is recorded with: muster contact call CONTACT",
	state.DeedWitness:     "A witness is told with: muster witness NAME",
	state.DeedSign:        "It is signed with: muster sign",
	state.DeedStamp:       "It is stamped with: muster stamp --tsa URL",
	state.DeedSettle:      "What came of it is said with: muster notice left OF --arrived, or --not",
	state.DeedInput:       "It is answered with: muster input OF=VALUE",
	state.DeedTakeRole:    "You take the role with: muster role OF",
	state.DeedTick:        "A line is ticked with: muster step tick OF LINE",
	state.DeedAnswer:      "It is answered with: muster step answer OF --set ASK=VALUE",
	state.DeedAttach:      "A file is attached with: muster evidence FILE --step OF",
	state.DeedSetService:  "How a service stands is said with: muster service SERVICE STATE --why \"WHY\" (STATE is what is so: affected, unaffected, restored, verified or another)",
	state.DeedReopen:      "It is reopened with: muster reopen --why \"WHY\"",
	state.DeedAmend:       "It is amended with: muster amend SEQ --text \"TEXT\" --why \"WHY\"",
	state.DeedRetime:      "Its time is set right with: muster amend SEQ --at TIME --why \"WHY\"",
	state.DeedRetract:     "It is retracted with: muster retract SEQ --why \"WHY\" --override \"WHY\"",
	state.DeedIssueSitrep: "It is issued with: muster sitrep --issue --to WHOM",
	state.DeedStartLaw:    "The laws are listed with: muster clock laws",
	state.DeedDrill:       "A drill is started with: muster start RUNBOOK --drill",
	state.DeedHold:        "What has two answers is listed with: muster settle",
	state.DeedReopenStep:  "It is reopened with: muster step reopen OF --why \"WHY\"",
	state.DeedConfirm:     "Another person confirms it with: muster step confirm OF --as NAME",
	state.DeedDo:          "It is marked done with: muster step done OF",
	state.DeedSkip:        "It is skipped with: muster step skip OF --why \"WHY\"",
	state.DeedStartClock:  "It is started with: muster clock start OF --why \"WHY\"",
	state.DeedVerify:      "Whoever has looked says so with: muster service OF verified --why \"WHAT WAS SEEN\"",
	state.DeedAddWay:      "A way is added with: muster contact add OF --reach tel:NUMBER",
	state.DeedStartPlay:   "It is started with: muster drill clock start",
	state.DeedResumePlay:  "It is resumed with: muster drill clock resume",
	state.DeedDeliver:     "It is delivered with: muster drill deliver OF",
	state.DeedByHand:      "It is recorded with: muster notice send NOTICE --by-hand --channel WHERE",
	state.DeedRepeat:      "It is repeated with: muster drill deliver OF --again",
	state.DeedLint:        "All that is wrong is listed with: muster runbook lint FILE",
}

// nextOfRefusal names the commands that clear away what was refused, each once.
func nextOfRefusal(refusal *state.Refusal) []string {
	var lines []string
	for _, r := range refusal.All() {
		for _, act := range r.Acts {
			if act.Deed == state.DeedInput && act.Of == "" {
				act.Of = "ID"
			}
			command := commandsOf[act.Deed]
			if act.Deed == state.DeedAnswer && act.Ask == "" {
				command = strings.Replace(command, "--set ASK=VALUE", "OPTION", 1) // a decision
			}
			seq := "SEQ"
			if act.Seq > 0 {
				seq = fmt.Sprint(act.Seq)
			}
			if act.Deed == state.DeedSetService && act.Of != "" {
				command = strings.Replace(command, "SERVICE", act.Of, 1)
			}
			line := strings.NewReplacer("OF", act.Of, "ASK", act.Ask, "SEQ", seq).Replace(command)
			if !slices.Contains(lines, line) {
				lines = append(lines, line)
			}
		}
		if line := wayOf(r); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// wayOf is what is typed besides where a refusal names no act; "" if it does not say.
func wayOf(r *state.Refusal) string {
	switch {
	case r.Reason == state.Missing && (r.Field == "why" || r.Field == "on"):
		return "Say it with --why \"WHY\"."
	case r.Reason == state.Invalid && r.Field == "name":
		return "Give it another name with --name NAME."
	case r.Reason == state.StillOpen:
		return "All that is open is listed with: muster status --open"
	case r.Reason == state.Unreasoned && r.Field != "values": // answers to inputs have no note
		return "Say it with --note \"WHY\"."
	}
	return ""
}

// sayError is what is wrong, and on lines of its own what to do next.
func sayError(err error) string {
	lines := []string{"muster: " + sayFile(err)}
	var refusal *state.Refusal
	var unsaved unsavedError
	var hinted hintError
	var damage *state.Damage
	switch {
	case errors.As(err, &refusal):
		lines = append(lines, nextOfRefusal(refusal)...)
		if refusal.Overridable {
			lines = append(lines, "It is recorded all the same with --override \"WHY\".")
		}
	case errors.As(err, &unsaved):
		again := "enter it again."
		if !unsaved.at.IsZero() {
			again = "enter it again, with --at " + unsaved.at.Format(time.RFC3339) + "."
		}
		lines = []string{
			"muster: NOT SAVED: " + strings.TrimPrefix(err.Error(), state.ErrNotSaved.Error()+": "),
			"This may not be in the log: " + unsaved.typed,
			"Make room or mend the disk. If muster log does not show it then, " + again,
			"If that fails: muster rescue --to DIR goes on in a folder on another disk.",
		}
	case errors.Is(err, context.Canceled):
		what, wraps := strings.CutSuffix(sayFile(err), ": "+context.Canceled.Error())
		if !wraps {
			what = "what was asked for was not done"
		}
		lines = []string{"muster: interrupted: " + what}
	case errors.Is(err, state.ErrCopy):
		lines = append(lines, "Nothing was recorded. Record it there; or, if that cannot be reached, go on here with: muster branch",
			"It can be read: muster status, muster log, muster export.")
	case errors.Is(err, state.ErrReadOnly) && !errors.As(err, &hinted):
		lines = append(lines, "Nothing was recorded. It can be read: muster status, muster log, muster export.",
			"To go on in a folder on another disk: muster rescue --to DIR.")
	case errors.As(err, &damage) && damage.Newer:
		lines = append(lines, "It was written by a newer muster: install that one to record or to verify.")
	case errors.As(err, &hinted):
	default:
		lines = append(lines, nextOfFile(err)...)
	}
	if errors.As(err, &hinted) {
		lines = append(lines, hinted.hint)
	}
	return strings.ReplaceAll(strings.Join(lines, "\n"), "\n", "\n  ")
}
