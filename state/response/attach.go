package response

import (
	"path/filepath"
	"strings"

	"muster/runbooks"
	"muster/state"
)

// Document is a runbook as the log keeps it. Its source is "built in", or the layer of
// the library and the path of the file; where the layer is a folder, the path alone.
func Document(source *runbooks.Source) state.Document {
	from := source.Layer
	if source.Layer != runbooks.Builtin().Name && source.Path != "" {
		from = source.Path
		if !strings.ContainsRune(source.Layer, filepath.Separator) {
			from = source.Layer + " " + source.Path
		}
	}
	return state.Document{ID: source.ID, Source: from, SHA256: state.Sum(source.Text), Text: string(source.Text)}
}

// AttachRunbook is the command that runs another runbook in the same incident. No
// prefix is the runbook's id.
func AttachRunbook(source *runbooks.Source, prefix, why string) state.AttachRunbook {
	return state.AttachRunbook{Prefix: prefix, Runbook: Document(source), Why: why}
}
