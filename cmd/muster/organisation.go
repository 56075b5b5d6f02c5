package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"muster/runbooks"
	"muster/state/clean"
	"muster/state/view"
)

func organisationCommand(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "organisation", Aliases: []string{"org"}, Short: "Show your organisation: what it runs, whom it calls, who acts", Args: noArgs,
		Long: `Show the organisation that new incidents are about: its services, contacts and people.
Runbooks are procedures; with an organisation, the services that stand in the built-in
ones as examples give way to yours. muster init writes the file.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return showOrganisation(cmd.Context(), e, "") },
	}
	lint := &cobra.Command{
		Use: "lint [FILE…]", Short: "Check the organisation's file: every problem at once", Args: arguments(0, -1),
		RunE: func(_ *cobra.Command, files []string) error {
			own := organisationPath(e)
			if len(files) == 0 {
				files = []string{own}
			}
			return lintWith(e, files, func(path string) runbooks.Problems { return lintOrganisation(path, path == own) })
		},
	}
	lint.PersistentPreRunE = e.noConfig
	show := &cobra.Command{
		Use: "show [ORGANISATION]", Short: "Show yours, or another: an id or a .toml file", Args: arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return showOrganisation(cmd.Context(), e, optional(args))
		},
	}
	list := &cobra.Command{
		Use: "list", Short: "List those that scenarios are played in", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return listOrganisations(cmd.Context(), e) },
	}
	cmd.AddCommand(show, list, lint)
	return cmd
}

// lintOrganisation is what is wrong with an organisation's file. That there is none yet
// of one's own is no fault.
func lintOrganisation(path string, own bool) runbooks.Problems {
	text, err := readBounded(path)
	if own && errors.Is(err, fs.ErrNotExist) {
		return runbooks.Problems{{File: path, What: "there is no organisation yet", Hint: "muster init writes one"}}
	}
	if err != nil {
		return unread(path, err)
	}
	_, problems := runbooks.ParseOrganisation(path, text)
	return problems
}

// listOrganisations lists those of the library: one's own is muster organisation.
func listOrganisations(ctx context.Context, e *env) error {
	sources, problems := organisationLibrary(e).List(ctx)
	if text := problems.String(); text != "" {
		fmt.Fprintln(e.err, clean.Text(text))
	}
	all := make([]view.OrganisationHead, 0, len(sources))
	rows := [][]string{{"ORGANISATION", "SERVICES", "FROM", "NAME"}}
	for _, source := range sources {
		one := view.OrganisationHead{ID: source.ID, From: source.Layer}
		if source.Err != nil {
			one.Problem = source.Err.Error()
			rows = append(rows, []string{one.ID, "", one.From, "[BROKEN: " + one.Problem + "]"})
		} else {
			one.Name, one.Services = source.Organisation.Name, len(source.Organisation.Services)
			rows = append(rows, []string{one.ID, fmt.Sprint(one.Services), one.From, one.Name})
		}
		all = append(all, one)
	}
	return e.print(all, func() error {
		_, err := fmt.Fprint(e.out, table(e, rows))
		return err
	})
}

// showOrganisation shows the organisation that is meant; one's own for "".
func showOrganisation(ctx context.Context, e *env, ref string) error {
	var source *runbooks.OrganisationSource
	var err error
	if ref == "" {
		source, err = ownOrganisation(e)
	} else {
		source, err = findOrganisation(ctx, e, ref)
	}
	if ref == "" && errors.Is(err, fs.ErrNotExist) {
		return hint(errors.New("there is no organisation yet"), "Write it down, in a minute: muster init")
	}
	if err != nil {
		return err
	}
	path, org := source.File, source.Organisation
	out := view.OrganisationOf(path, org)
	return e.print(out, func() error {
		var b strings.Builder
		fmt.Fprintf(&b, "%s\n%s\n", clean.Line(org.Name), clean.Line(path))
		for _, s := range org.Services {
			fmt.Fprintf(&b, "service  %-20s %s\n", s.ID, clean.Line(s.Title))
		}
		for _, c := range org.Contacts {
			fmt.Fprintf(&b, "contact  %-20s %s  %s\n", c.ID, clean.Line(c.Title), clean.Line(strings.Join(c.Reach, ", ")))
		}
		for _, p := range org.People {
			fmt.Fprintf(&b, "person   %-20s %s\n", clean.Line(p.Name), clean.Line(strings.Join(p.Roles, ", ")))
		}
		_, err := fmt.Fprint(e.out, b.String())
		return err
	})
}

type initFlags struct {
	services, contacts, people []string
	force                      bool
}

func initCommand(e *env) *cobra.Command {
	var f initFlags
	cmd := &cobra.Command{
		Use: "init [NAME]", Short: "Write down your organisation: name, services, contacts, people", Args: arguments(0, 1),
		Long: `Write down your organisation, in a minute: its name, the services that matter, whom to
call, and who acts. What is not given is asked for, line by line; an empty line goes on.
The rest can be written into the file later: muster organisation lint checks it.`,
		Example: "  muster init\n  muster init \"Example Shipping\" --service Booking --service \"Crew portal\" --contact \"National CERT=tel:+44 20 7946 0000\" --person Ada",
		RunE:    func(_ *cobra.Command, given []string) error { return writeOrganisation(e, given, f) },
	}
	fs := cmd.Flags()
	fs.StringArrayVar(&f.services, "service", nil, "what you run, by its title; the most important first")
	fs.StringArrayVar(&f.contacts, "contact", nil, "whom to call: TITLE=tel:…")
	fs.StringArrayVar(&f.people, "person", nil, "who acts")
	fs.BoolVar(&f.force, "force", false, "write the file anew")
	return cmd
}

func writeOrganisation(e *env, given []string, f initFlags) error {
	path := organisationPath(e)
	if path == "" {
		return hint(errors.New("there is no folder for it: HOME is not set"), "Say where the configuration is, with --config FILE.")
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) && !f.force {
		return hint(fmt.Errorf("%s is there already", path), "Change it with an editor, and check it with muster organisation lint; or write it anew with --force.")
	}
	name := ""
	if len(given) > 0 {
		name = given[0]
	}
	if e.terminal {
		name = askOrganisation(e, name, &f)
	}
	if strings.TrimSpace(name) == "" {
		return usage(hint(errors.New("the organisation's name is missing"), "Write muster init \"NAME\"."))
	}
	if err := checkOrganisation(f); err != nil {
		return err
	}
	text := runbooks.NewOrganisation(name, f.services, f.contacts, f.people)
	org, problems := runbooks.ParseOrganisation(path, text)
	if err := problems.Err(); err != nil {
		return hint(err, "Nothing was written.")
	}
	if err := makeFolder(e, filepath.Dir(path)); err != nil {
		return err
	}
	if err := writeFile(e, path, text, f.force); err != nil {
		return err
	}
	return e.print(view.OrganisationOf(path, org), func() error {
		_, err := fmt.Fprintf(e.out, "written: %s\nmuster organisation shows it; muster start RUNBOOK begins an incident about it.\n", clean.Line(path))
		return err
	})
}

// checkOrganisation refuses what the file would hold in another form than was meant.
func checkOrganisation(f initFlags) error {
	for _, contact := range f.contacts {
		title, reach, _ := strings.Cut(contact, "=")
		if scheme, rest, ok := strings.Cut(strings.TrimSpace(reach), ":"); strings.TrimSpace(title) == "" || !ok || scheme == "" || rest == "" {
			return usage(hint(fmt.Errorf("%q does not say whom to call, and by which way", contact), "Write it as TITLE=tel:NUMBER; also mailto:, sms:, https:."))
		}
	}
	seen := make(map[string]bool)
	for _, service := range f.services {
		title := strings.ToLower(strings.TrimSpace(service))
		if !strings.ContainsFunc(title, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			return usage(hint(fmt.Errorf("%q is no service's title", service), "Say what it is in a word or two."))
		}
		if seen[title] {
			return usage(hint(fmt.Errorf("%q stands twice", service), "Add what tells the two apart, or leave one out."))
		}
		seen[title] = true
	}
	for _, text := range append(append([]string{}, f.people...), f.services...) {
		if strings.ContainsFunc(text, unicode.IsControl) {
			return usage(hint(fmt.Errorf("%q has control characters", text), "Type it anew."))
		}
	}
	return nil
}

// askOrganisation asks on a terminal for what was not given.
func askOrganisation(e *env, name string, f *initFlags) string {
	in := bufio.NewReader(e.in)
	one := func(prompt string) string {
		fmt.Fprint(e.out, prompt)
		line, _ := in.ReadString('\n') // at the end of the input the rest is left out
		return strings.TrimSpace(line)
	}
	// many asks until a line is empty. A line that would be refused is so at once, and asked
	// for again: nobody types ten of them to lose them all.
	many := func(prompt string, with func(list []string) initFlags) (list []string) {
		for len(list) < 100 {
			line := one(prompt)
			if line == "" {
				break
			}
			if err := checkOrganisation(with(append(slices.Clone(list), line))); err != nil {
				_ = reportError(e.err, err)
				continue
			}
			list = append(list, line)
		}
		return list
	}
	if name == "" {
		name = one("Name of your organisation, as the public knows it: ")
	}
	if len(f.services) == 0 {
		f.services = many("A service that matters, the most important first (empty: go on): ", func(l []string) initFlags { return initFlags{services: l} })
	}
	if len(f.contacts) == 0 {
		f.contacts = many("Whom to call, as TITLE=tel:NUMBER (empty: go on): ", func(l []string) initFlags { return initFlags{contacts: l} })
	}
	if len(f.people) == 0 {
		f.people = many("Who may act, a name (empty: go on): ", func(l []string) initFlags { return initFlags{people: l} })
	}
	return name
}
