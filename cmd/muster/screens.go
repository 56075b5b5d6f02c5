package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/state/export"
	"muster/state/outside"
	"muster/state/response"
	"muster/tui"
	"muster/tui/widget"
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
	return export.NewSitrep(inc, sitrepOptions(w.env, inc, since)).Fit(export.Sitrep.Markdown), nil
}

// Forms implements tui.World.
func (w screensWorld) Forms(ctx context.Context) ([]*runbooks.FormSource, error) {
	list, problems := w.env.formLibrary().List(ctx)
	return list, problems.Err()
}

// Verify implements tui.World.
func (w screensWorld) Verify(ctx context.Context, id string) (string, error) {
	var text strings.Builder
	apart := *w.env
	apart.out = &text
	err := verifyGiven(ctx, &apart, id, vouchers{})
	return clean.Text(text.String()), err
}

// Formats implements tui.World.
func (w screensWorld) Formats() []tui.Format {
	all := []tui.Format{}
	for _, f := range slices.Concat([]export.Format{export.HTML, export.Bundle}, export.Formats()) {
		if !slices.ContainsFunc(all, func(one tui.Format) bool { return one.Name == string(f) }) {
			all = append(all, tui.Format{Name: string(f), Help: f.Help(), Ext: f.Ext()})
		}
	}
	return all
}

// Export implements tui.World.
func (w screensWorld) Export(ctx context.Context, id, format, path string) error {
	apart := *w.env
	apart.out, apart.err = io.Discard, io.Discard
	return exportIncident(ctx, &apart, id, exportOptions{format: format, to: path, by: "recorded", shape: shapeFlags{reportName: string(export.FullReport)}})
}

// nothingTaken is what muster merge says of a branch that has nothing new.
const nothingTaken = "nothing was written"

// Merge implements tui.World.
func (w screensWorld) Merge(ctx context.Context, id, person, source string, dry bool) (more bool, text string, err error) {
	if w.env.visit != nil {
		return false, "", hint(errors.New("muster merge is not done over SSH"), "%s", notOverSSH["merge"])
	}
	var out strings.Builder
	apart := *w.env
	apart.out, apart.err, apart.screens = &out, io.Discard, true
	apart.flags.incident, apart.flags.json = id, false
	if person != "" {
		apart.flags.as = person
	}
	err = mergeFrom(ctx, &apart, []string{source}, dry, actFlags{})
	return !strings.Contains(strings.ToLower(out.String()), nothingTaken), clean.Text(out.String()), err
}

// Signs implements incident.Signer: who came over SSH may offer their agent.
func (w screensWorld) Signs() bool { return w.env.visit != nil && w.env.visit.Sign != nil }

// Sign implements incident.Signer.
func (w screensWorld) Sign(ctx context.Context, inc *state.Incident) (fingerprint, text string, err error) {
	apart := *w.env
	apart.err = io.Discard
	return signHere(ctx, &apart, inc)
}

// screensEditor opens texts in the person's own editor; nil if none is set.
func screensEditor(e *env) tui.Editor {
	if e.visit != nil || editorOf(e) == "" { // it would run on the machine that serves
		return nil
	}
	return func(text string) (tea.ExecCommand, func() (string, error), error) {
		path, err := draftFile(text)
		if err != nil {
			return nil, nil, err
		}
		began := e.clock.SinceBoot()
		read := func() (string, error) { return readDraft(e, path, text, began) }
		return editorCommand{editing(editorOf(e), path), path}, read, nil
	}
}

// An editorCommand is an editor on the terminal that the screens lend it.
type editorCommand struct {
	*exec.Cmd
	path string // of what is typed
}

// Run implements tea.ExecCommand. It says first how to end an editor that hangs: there one
// sees it, and one that draws is drawn over it.
func (c editorCommand) Run() error {
	fmt.Fprintf(c.Stdout, "muster: your editor is open on %s. ctrl+c is for it; if it hangs, %d times ctrl+c at once end it.\n", c.path, manyPresses)
	ctx, end := context.WithCancel(context.Background())
	defer end()
	defer lend(end)()
	c.WaitDelay = time.Second // for what it has started, too
	err := c.Start()
	if err == nil {
		defer context.AfterFunc(ctx, func() { _ = c.Process.Kill() })()
		err = c.Wait()
	}
	if err != nil {
		return fmt.Errorf("the editor ended with %w; what was typed is kept in %s", missing(err), c.path)
	}
	return nil
}

// SetStdin implements tea.ExecCommand.
func (c editorCommand) SetStdin(r io.Reader) { c.Stdin = r }

// SetStdout implements tea.ExecCommand.
func (c editorCommand) SetStdout(w io.Writer) { c.Stdout = w }

// SetStderr implements tea.ExecCommand.
func (c editorCommand) SetStderr(w io.Writer) { c.Stderr = w }

// screenOptions are the options of the screens.
func screenOptions(e *env, person string) tui.Options {
	return tui.Options{
		Person: person, Keys: e.config.Keys, Theme: e.config.Theme,
		ASCII:   e.config.ASCII || e.getenv("TERM") == "linux" && e.getenv("LANG") == "C",
		Wide:    e.flags.wide || e.config.Wide || e.getenv("MUSTER_WIDE") == "1",
		NoColor: e.getenv("NO_COLOR") != "" || e.getenv("TERM") == "dumb",
		SSH:     e.visit != nil, Slow: e.getenv("SSH_CONNECTION") != "" || e.getenv("SSH_TTY") != "", ByLine: e.byLine(), Facilitator: e.visit != nil && e.visit.Person.Access == state.Facilitator,
		NoMouse: isOff(e.config.Mouse), NoLinks: isOff(e.config.Links) || e.getenv("TERM") == "linux",
		NoBar: isOff(e.config.Progress), Silent: isOff(e.config.Notify),
		World: screensWorld{newReach(e), e}, Editor: screensEditor(e),
	}
}

// isOff reports whether something that is on unless switched off is switched off.
func isOff(on *bool) bool { return on != nil && !*on }

// checkScreens checks what the configuration says of the screens, before they are
// shown: no note is held up by a wrong key.
func checkScreens(e *env) error {
	if e.config.Theme != "" {
		theme, err := state.FindWord(state.NounTheme, e.config.Theme, append([]string{"auto"}, widget.ThemeNames()...))
		if err != nil {
			return hint(fmt.Errorf("%s: %w", e.configPath, err), "To go on without the file for now: --config %s", os.DevNull)
		}
		e.config.Theme = theme
	}
	if err := tui.CheckKeys(e.config.Keys); err != nil {
		return hint(err, "See muster keys for the names of all actions, and %s for the table. To go on without the file for now: --config %s", e.configPath, os.DevNull)
	}
	return nil
}

// showApp shows the screens, and says when they are gone where an incident goes on.
func showApp(ctx context.Context, e *env, app *tui.App) error {
	if e.byLine() {
		return showPlain(ctx, e, app)
	}
	if e.visit != nil {
		return showVisitor(ctx, e, app)
	}
	remindOfTyped(e, app)
	ended := make(chan os.Signal, 1)
	signal.Notify(ended, syscall.SIGHUP, syscall.SIGTERM)
	defer signal.Stop(ended)
	err := tui.Run(ctx, app)
	select {
	case <-ended:
		err = errors.Join(err, keepTyped(e, append(app.Typed(), app.KeptBack()...)))
	default: // who leaves by a key has seen what is left
	}
	sayParting(e, app)
	return err
}

// sayParting says where an incident goes on that the screens are left of.
func sayParting(e *env, app *tui.App) {
	parting := app.Parting()
	if e.visit != nil { // muster is where they came from
		parting = strings.Replace(parting, "muster open ", "ssh -t … open ", 1)
	}
	if parting != "" {
		fmt.Fprintln(e.err, "muster: "+clean.Text(parting))
	}
}

// showVisitor shows the screens at the other end of an SSH connection.
func showVisitor(ctx context.Context, e *env, app *tui.App) error {
	v := e.visit
	program := tui.NewProgram(ctx, app, tui.Terminal{
		In: v.In, Out: v.Out, Raw: true, Environ: v.environ(), Width: v.Size.Width, Height: v.Size.Height,
	})
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go terminalSizes(ctx, v.Sizes, func(width, height int) {
		program.Send(tea.WindowSizeMsg{Width: width, Height: height})
	})
	err := program.Run()
	sayParting(e, app)
	return err
}

// showPlain shows the screens line by line, and says when they are gone where an incident
// goes on.
func showPlain(ctx context.Context, e *env, app *tui.App) error {
	if e.visit == nil {
		remindOfTyped(e, app)
	}
	err := tui.NewPlain(ctx, app, tui.PlainLine{
		In: e.in, Out: e.out, Piped: !e.terminal, Raw: e.visit != nil && e.terminal,
	}).Run()
	sayParting(e, app)
	return err
}
