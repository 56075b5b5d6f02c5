package main

import (
	"github.com/spf13/cobra"

	"muster/state/export"
)

// shapeFlags say how much a report tells, for whom, and whether it goes on.
type shapeFlags struct {
	reportName, audienceName string
	follow                   bool

	report   export.Report
	audience export.Audience
}

func (f *shapeFlags) add(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.StringVar(&f.reportName, "report", string(export.FullReport), "of md and html: full, or post-mortem, the short one for a wiki")
	fs.StringVar(&f.audienceName, "audience", "", "of md and html: with what page one begins, for the board, a regulator or the team")
	fs.BoolVarP(&f.follow, "follow", "f", false, "with -o FILE.html: a live page, written anew at every entry until the incident is closed")
	var reports, audiences []cobra.Completion
	for _, r := range export.Reports() {
		reports = append(reports, string(r))
	}
	for _, a := range export.Audiences() {
		audiences = append(audiences, string(a))
	}
	_ = cmd.RegisterFlagCompletionFunc("report", cobra.FixedCompletions(reports, cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.RegisterFlagCompletionFunc("audience", cobra.FixedCompletions(audiences, cobra.ShellCompDirectiveNoFileComp))
}

// read reads the names.
func (f *shapeFlags) read() (err error) {
	f.report = export.FullReport
	if f.reportName != "" {
		if f.report, err = export.ParseReport(f.reportName); err != nil {
			return usage(err)
		}
	}
	if f.audienceName != "" {
		if f.audience, err = export.ParseAudience(f.audienceName); err != nil {
			return usage(err)
		}
	}
	return nil
}

// fit refuses what a format, or a page that goes on, cannot have; some says that less than
// the log as it is was asked for.
func (f *shapeFlags) fit(format export.Format, to string, some bool) error {
	told := format == export.Markdown || format == export.HTML
	switch {
	case !told && (f.report != export.FullReport || f.audience != ""):
		return usagef("--report and --audience are for md and html: %s is no report", format)
	case f.report == export.PostMortem && f.audience != "":
		return usagef("a post-mortem is for whoever reads the wiki: leave out --audience")
	case f.follow && (format != export.HTML || to == "-"):
		return usagef("--follow writes a live page: give its file with -o FILE.html")
	case f.follow && some:
		return usagef("a live page is of the log as it is, and goes on with it: leave out --follow, or --at and --withhold")
	}
	return nil
}
