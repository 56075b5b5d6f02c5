package plain

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/tui/kit"
)

// This file writes a text of several lines where no cursor goes through it: whole, at its
// end, or one of its lines.

// edits are the ways to write a dialog's text.
func (c *cardTalk) edits(text kit.Texter) []choice {
	all := []choice{
		{"write", "the whole text anew", func() tea.Cmd { return c.write(text.SetText) }},
		{"add", "lines at the end of the text", func() tea.Cmd {
			return c.write(func(more string) tea.Cmd { return text.SetText(strings.TrimRight(text.Text()+"\n"+more, "\n")) })
		}},
	}
	if strings.TrimSpace(text.Text()) != "" {
		all = append(all, choice{"change", "one line of the text", func() tea.Cmd { return c.which(text) }})
	}
	return all
}

// which asks which line of the text is written anew.
func (c *cardTalk) which(text kit.Texter) tea.Cmd {
	m := &menuTalk{p: c.p, title: "Which line?"}
	lines := strings.Split(text.Text(), "\n")
	for i, line := range lines {
		if strings.TrimSpace(line) == "" {
			continue
		}
		m.of = append(m.of, choice{"", line, func() tea.Cmd {
			c.one, c.into = true, func(anew string) tea.Cmd {
				lines := slices.Clone(lines)
				if lines[i] = anew; strings.TrimSpace(anew) == "" {
					lines = slices.Delete(lines, i, i+1)
				}
				return text.SetText(strings.Join(lines, "\n"))
			}
			c.p.out.say("Type the line anew; an empty one takes it out, “/leave” leaves it as it is.")
			return nil
		}})
	}
	c.p.within = m
	m.open()
	return nil
}

// write asks for lines, until a dot.
func (c *cardTalk) write(into func(string) tea.Cmd) tea.Cmd {
	c.text, c.into = nil, into
	c.p.out.say("Type the text, line by line; a dot alone ends it, “/leave” alone drops it.")
	return nil
}

// writing takes a line of the text.
func (c *cardTalk) writing(line string) tea.Cmd {
	switch strings.TrimSpace(line) {
	case "/leave":
		c.into, c.one = nil, false
		c.p.out.say("The text stays as it was.")
		return nil
	case ".":
		if c.one {
			c.p.out.say("It is one line: type it anew, or “/leave”.")
			return nil
		}
		into := c.into
		c.into = nil
		cmd := into(strings.Join(c.text, "\n"))
		c.open()
		return cmd
	}
	if c.one {
		into := c.into
		c.into, c.one = nil, false
		cmd := into(line)
		c.open()
		return cmd
	}
	c.text = append(c.text, line)
	return nil
}
