package runbooks

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"slices"
	"strings"
)

//go:embed forms/*.toml
var builtinForms embed.FS

// BuiltinForms is the layer of the forms that come with the program.
func BuiltinForms() Layer {
	files, err := fs.Sub(builtinForms, "forms")
	if err != nil {
		panic(err) // the name is constant
	}
	return Layer{Name: "built in", FS: files}
}

// A FormSource is a form with the text that it was read from.
type FormSource struct {
	ID       string
	Layer    string // the name of the layer it is from
	File     string // the file as messages name it
	Text     []byte
	SHA256   string   // of Text, in lower-case hex; of a form that extends others, over theirs too
	Form     *Form    // with what it extends; nil if Err is set
	Problems Problems // of the file, warnings too
	Err      error
	Shadows  []string // the layers whose form of this id it hides
}

// ReadForm makes a source of a text. file is the file's name for messages. What the form
// extends is not there yet.
func ReadForm(layer, file string, text []byte) *FormSource {
	source := &FormSource{ID: fileID(file), Layer: layer, File: file, Text: text}
	source.Form, source.Problems = ParseForm(file, text)
	if source.Err = source.Problems.Err(); source.Form != nil {
		source.ID = source.Form.ID
	}
	sum := sha256.Sum256(text)
	source.SHA256 = hex.EncodeToString(sum[:])
	return source
}

// A FormLibrary finds forms, each with what it extends.
type FormLibrary struct{ Shelf[FormSource] }

// OpenForms makes a library of layers, the most basic first.
func OpenForms(layers ...Layer) *FormLibrary {
	return &FormLibrary{Shelf[FormSource]{layers, shelved[FormSource]{
		read: ReadForm,
		broken: func(id, layer, file string, err error) *FormSource {
			return &FormSource{ID: id, Layer: layer, File: file, Err: err}
		},
		of:       func(source *FormSource) (string, error) { return source.ID, source.Err },
		hides:    func(source, other *FormSource) { source.Shadows = append(source.Shadows, other.Layer) },
		complete: extended,
	}}}
}

// Read makes a source of a text that lies elsewhere, with what it extends of the library.
func (lib *FormLibrary) Read(ctx context.Context, layer, file string, text []byte) *FormSource {
	source := ReadForm(layer, file, text)
	if source.Form == nil || source.Form.Extends == "" {
		return source
	}
	list, _ := lib.List(ctx)
	list = slices.DeleteFunc(list, func(other *FormSource) bool { return other.ID == source.ID })
	whole := *source
	if whole.Form, whole.SHA256, whole.Err = extend(list, source); whole.Err != nil {
		problem := Problem{File: file, Line: source.Form.line, Level: Error, What: strings.TrimPrefix(whole.Err.Error(), file+": ")}
		whole.Problems = append(whole.Problems, problem)
	}
	return &whole
}

// maxExtends is how many forms may extend each other in a row.
const maxExtends = 8

// extended are the forms with the fields of what they extend.
func extended(list []*FormSource) []*FormSource {
	out := make([]*FormSource, len(list))
	for i, source := range list {
		whole := *source
		if source.Form != nil {
			whole.Form, whole.SHA256, whole.Err = extend(list, source)
		}
		out[i] = &whole
	}
	return out
}

// extend is a form with the fields of what it extends, and the hash over all their texts.
func extend(list []*FormSource, source *FormSource) (*Form, string, error) {
	chain := []*FormSource{source}
	for at := source; at.Form.Extends != ""; {
		i := slices.IndexFunc(list, func(other *FormSource) bool { return other.ID == at.Form.Extends })
		wrong := func(what, hint string) (*Form, string, error) {
			return nil, source.SHA256, fileProblem(source.File, 0, what, hint).Err()
		}
		switch {
		case i < 0:
			return wrong("it extends the form "+quote(at.Form.Extends)+", which is not there", didYouMean(at.Form.Extends, formIDs(list), "muster form list lists them"))
		case list[i].Form == nil:
			return wrong("it extends the form "+quote(at.Form.Extends)+", which cannot be used", "mend that one first")
		case slices.Contains(chain, list[i]) || len(chain) > maxExtends:
			return wrong("the forms extend each other in a circle, or too many in a row", "take one extends out")
		}
		at = list[i]
		chain = append(chain, at)
	}
	if len(chain) == 1 {
		return source.Form, source.SHA256, nil
	}
	form, sum := *source.Form, sha256.New()
	form.Fields, form.Root = nil, chain[len(chain)-1].ID
	for _, part := range slices.Backward(chain) {
		sum.Write(part.Text)
		for _, field := range part.Form.Fields {
			if at := slices.IndexFunc(form.Fields, func(f FormField) bool { return f.ID == field.ID }); at >= 0 {
				field.Section = form.Fields[at].Section
				form.Fields[at] = field
			} else {
				form.Fields = append(form.Fields, field)
			}
		}
	}
	return &form, hex.EncodeToString(sum.Sum(nil)), nil
}

func formIDs(list []*FormSource) []string {
	ids := make([]string, len(list))
	for i, source := range list {
		ids[i] = source.ID
	}
	return ids
}
