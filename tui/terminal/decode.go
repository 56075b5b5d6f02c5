package terminal

import (
	"bytes"
	"strings"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

// decode is what a piece other than a paste means: a message for the loop, or nil if
// it means nothing here.
//
// The library fails on some sequences. Such a one means nothing.
func decode(p piece) (msg tea.Msg) {
	if p.kind == sequence && !expected(p.bytes) {
		return nil
	}
	defer func() {
		if recover() != nil {
			msg = nil
		}
	}()
	seq, alt := bytes.Clone(p.bytes), false // the library writes into what it is given
	if bytes.HasPrefix(seq, []byte{escape, escape}) {
		seq, alt = seq[1:], true
	}
	if name, ok := linuxKeys()[string(seq)]; ok {
		return uv.KeyPressEvent{Code: name}
	}
	_, event := new(uv.EventDecoder).Decode(seq)
	if many, ok := event.(uv.MultiEvent); ok && len(many) > 0 {
		event = many[0] // F3; else where the cursor stands, which nobody asks
	}
	switch event := event.(type) {
	case uv.KeyPressEvent:
		if alt {
			event.Mod |= uv.ModAlt
			event.Text = ""
		}
		return event
	case uv.MouseEvent, uv.FocusEvent, uv.BlurEvent, uv.BackgroundColorEvent, uv.ForegroundColorEvent, uv.CursorColorEvent,
		uv.ModeReportEvent, uv.KeyboardEnhancementsEvent, uv.DarkColorSchemeEvent, uv.LightColorSchemeEvent, uv.TerminalVersionEvent:
		return event
	}
	return nil
}

// linuxKeys are the function keys of Linux's own terminal that no other sends so.
func linuxKeys() map[string]rune {
	return map[string]rune{"\x1b[[A": uv.KeyF1, "\x1b[[B": uv.KeyF2, "\x1b[[C": uv.KeyF3, "\x1b[[D": uv.KeyF4, "\x1b[[E": uv.KeyF5}
}

// expected reports whether a terminal sends such a sequence to who has asked for no
// more than a painter does. A size, a clipboard, a key that counts its repeats is
// not among it.
func expected(seq []byte) bool {
	if !isCSI(seq) {
		return true
	}
	params, final := string(seq[2:len(seq)-1]), seq[len(seq)-1]
	switch {
	case strings.HasPrefix(params, "<"):
		return final == 'M' || final == 'm'
	case strings.HasPrefix(params, "?"):
		return final == 'u' || final == 'y' || final == 'n'
	}
	return strings.IndexByte("ABCDEFHPQRSZabcdMIOu~^@$", final) >= 0 || strings.HasPrefix(params, "M") || params == "["
}

// pasted is the text of a paste. Brackets within it are the terminal's, not the
// text's.
func pasted(text []byte) tea.PasteMsg {
	content := strings.ToValidUTF8(string(text), "")
	return tea.PasteMsg{Content: strings.NewReplacer("\x1b[200~", "", pasteEnd, "").Replace(content)}
}
