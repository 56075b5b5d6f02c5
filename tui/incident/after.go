package incident

import (
	"path/filepath"
	"slices"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/tui/kit"
)

// handedOver are the ways to check the log, at any time.
func handedOver(o *Open) []kit.Finding {
	if o.World == nil {
		return nil
	}
	return []kit.Finding{
		{Kind: "verify", Name: "verify", Text: "Verify the log: integrity, completeness, evidence, consistency", Do: func() tea.Cmd { return verifyLog(o) }},
	}
}

// afterDialog is what comes after the incident was closed, each thing one key away.
func afterDialog(o *Open) *kit.Finder {
	all := handedOver(o)
	add := func(kind, text string, do func() tea.Cmd) {
		all = append(all, kit.Finding{Kind: kind, Name: kind, Text: text, Do: do})
	}
	if noExport(o) == "" {
		add("export", "Export: write a report, or all of it with its evidence, to a file", func() tea.Cmd { return askExport(o) })
	}
	if o.UI.SSH {
		add("export", "Export: how to have a report on your own machine", func() tea.Cmd { return o.UI.Tell("Export", howToExport(o)) })
	}
	if noSign(o) == "" {
		add("sign", "Sign: vouch for the log up to here with your own key, in the agent that you offer", func() tea.Cmd { return sign(o) })
	}
	if o.Cannot() == "" {
		add("witness", "Tell a witness: read the head to somebody outside, and record who was told it", func() tea.Cmd { return tellWitness(o) })
	}
	if o.Inc.Past == nil {
		add("stamp", "Stamp: how to have an authority outside sign when the head was there", func() tea.Cmd { return o.UI.Tell("Stamp", howToStamp(o)) })
	}
	if noReview(o) == "" {
		add("review", "Look back: what went well, what did not, why it happened, what is to be done", func() tea.Cmd { return review(o) })
	}
	add("sitrep", "Sitrep: read where things stand", func() tea.Cmd { return sitrepNow(o) })
	if o.Cannot() == "" {
		add("reopen", "Reopen it: go on with the incident", func() tea.Cmd { return askReopen(o) })
	}
	return kit.NewFinder(o.UI, "The incident is closed: what comes next", all)
}

// aftermath is what was found or written after the closing. The dialog comes back below
// it, since there is more to do.
type aftermath struct {
	of          *Open
	title, text string
}

// Deliver implements kit.Routed.
func (m aftermath) Deliver() tea.Cmd {
	if m.of.Inc.Closed != nil {
		_ = m.of.UI.Show(afterDialog(m.of))
	}
	return m.of.UI.Tell(m.title, m.text)
}

// howToStamp says how the head gets a time-stamp. Asking an authority is the command's: it
// can lead to a private address that must be allowed first.
func howToStamp(o *Open) string {
	text := "Type in a shell, beside these screens:\n\n"
	if !o.IsDrill() {
		text += "muster stamp " + o.Inc.ID + " --tsa https://AUTHORITY\n\nasks the authority at that address, and records what it answers. Without a network:\n\n"
	}
	text += "muster stamp " + o.Inc.ID + " -o request.tsq\nmuster stamp " + o.Inc.ID + " --add answer.tsr\n\n" +
		"The first writes 70 bytes that can be carried to an authority, the second takes what it answered."
	if o.IsDrill() {
		text += " In a drill nothing is sent out."
	}
	return text
}

func verifyLog(o *Open) tea.Cmd {
	o.UI.Say("The log is being checked…")
	ctx, world, id := o.Ctx, o.World, o.Inc.ID
	return func() tea.Msg {
		text, err := world.Verify(ctx, id)
		if err != nil {
			text += "\n" + err.Error()
		}
		return aftermath{o, "Verify", text}
	}
}

func askReopen(o *Open) tea.Cmd {
	return o.Ask(TypedAction{
		Title: "Reopen the incident", Verb: "reopen",
		Fields:  func() []*kit.Field { return []*kit.Field{{ID: "why", Label: "Why?", Required: true}} },
		Command: func(v map[string]string) state.Command { return state.ReopenIncident{Why: v["why"]} },
	})
}

// noExport says why nothing can be exported from here; "" if it can.
func noExport(o *Open) string {
	if o.Inc.Past != nil {
		return "What is exported from here is the incident as it stands: muster export --at writes it as it stood."
	}
	if o.World == nil {
		return "Nothing can be written from here: use muster export."
	}
	if o.UI.SSH {
		return "At your own machine: ssh … export " + o.Inc.ID + " --format html > FILE"
	}
	return ""
}

// howToExport says how who came over SSH gets a report: files of the machine that serves are
// not theirs.
func howToExport(o *Open) string {
	return "What is exported comes over the line, and is kept at your own machine. Type there, with the words that you connect by:\n\n" +
		"ssh … export " + o.Inc.ID + " --format html > report.html\nssh … export " + o.Inc.ID + " --format bundle > all.zip"
}

// askExport asks what is to be written, and where. What was refused comes back as it was typed.
func askExport(o *Open) tea.Cmd {
	formats := o.World.Formats()
	format := &kit.Field{ID: "format", Label: "What", Kind: kit.ChoiceField}
	for _, f := range formats {
		format.Choices = append(format.Choices, kit.Choice{Value: f.Name, Title: f.Name + ": " + f.Help})
	}
	file := &kit.Field{ID: "file", Label: "File; left empty: named after the incident, in this folder", Kind: kit.PathField}
	var asks *kit.Prompt
	asks = kit.NewPrompt(o.UI, "Export", "Nothing is written over: give a name that is not taken.", "export", []*kit.Field{format, file}, nil, func(v map[string]string) (string, tea.Cmd) {
		chosen := formats[max(0, slices.IndexFunc(formats, func(f Format) bool { return f.Name == v["format"] }))]
		path := kit.ExpandHome(v["file"], o.Inc.ID+chosen.Ext)
		ctx, world, id, asked := o.Ctx, o.World, o.Inc.ID, o.UI.Asked()
		o.UI.Say("The export is being written…")
		return "", func() tea.Msg {
			full, err := filepath.Abs(path)
			if err == nil {
				err = world.Export(ctx, id, chosen.Name, full)
			}
			return exported{o, asked, asks, full, err}
		}
	})
	return o.UI.Show(asks)
}

// exported is what came of an export.
type exported struct {
	of    *Open
	asked kit.Asked
	asks  *kit.Prompt
	path  string
	err   error
}

// Deliver implements kit.Routed.
func (m exported) Deliver() tea.Cmd {
	m.of.UI.Say("")
	if m.err != nil {
		m.asks.Refuse("file", "Not written, or not whole: "+m.err.Error())
		return m.asked.Show(m.asks)
	}
	if m.of.Inc.Closed != nil {
		m.asked.Show(afterDialog(m.of))
	}
	return m.asked.Tell("Export", "It is in "+m.path+".")
}
