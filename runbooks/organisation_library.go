package runbooks

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

//go:embed organisations/*.toml
var builtinOrganisations embed.FS

// BuiltinOrganisations is the layer of the organisations that come with the program:
// those that its scenarios are played in.
func BuiltinOrganisations() Layer {
	files, err := fs.Sub(builtinOrganisations, "organisations")
	if err != nil {
		panic(err) // the name is constant
	}
	return Layer{Name: "built in", FS: files}
}

// An OrganisationSource is an organisation with the text that it was read from.
type OrganisationSource struct {
	ID           string // from the file's name
	Layer        string // the name of the layer it is from
	File         string // the file as messages name it
	Text         []byte
	SHA256       string        // of Text, in lower-case hex
	Organisation *Organisation // nil if Err is set
	Problems     Problems      // of the file, warnings too
	Err          error
}

// ReadOrganisation makes a source of a text. file is the file's name for messages.
func ReadOrganisation(layer, file string, text []byte) *OrganisationSource {
	source := &OrganisationSource{ID: fileID(file), Layer: layer, File: file, Text: text}
	source.Organisation, source.Problems = ParseOrganisation(file, text)
	source.Err = source.Problems.Err()
	sum := sha256.Sum256(text)
	source.SHA256 = hex.EncodeToString(sum[:])
	return source
}

// An OrganisationLibrary finds organisations by their ids in layers, as a [Library]
// finds runbooks. It keeps nothing in memory.
type OrganisationLibrary struct{ layers []Layer }

// OpenOrganisations makes a library of layers, the most basic first.
func OpenOrganisations(layers ...Layer) *OrganisationLibrary { return &OrganisationLibrary{layers} }

// List returns every organisation, by id. Where several layers have one id, the last
// wins. A file that cannot be used is listed under its name, with Err. The problems
// are about folders.
func (lib *OrganisationLibrary) List(ctx context.Context) ([]*OrganisationSource, Problems) {
	var list []*OrganisationSource
	var problems Problems
	for _, layer := range lib.layers {
		files, more := layer.files()
		problems = append(problems, more...)
		for _, file := range files {
			if ctx.Err() != nil {
				break
			}
			name := layer.file(file.Name())
			text, err := ReadFile(layer.FS, file.Name())
			source := &OrganisationSource{ID: fileID(file.Name()), Layer: layer.Name, File: name}
			if err != nil {
				source.Err = fmt.Errorf("%s: %w", name, err)
			} else {
				source = ReadOrganisation(layer.Name, name, text)
			}
			list = slices.DeleteFunc(list, func(other *OrganisationSource) bool { return other.ID == source.ID })
			list = append(list, source)
		}
	}
	slices.SortFunc(list, func(a, b *OrganisationSource) int { return strings.Compare(a.ID, b.ID) })
	return list, problems
}

// Load reads the organisation that List shows under an id.
func (lib *OrganisationLibrary) Load(ctx context.Context, id string) (*OrganisationSource, error) {
	list, _ := lib.List(ctx)
	for _, source := range list {
		if source.ID == id {
			return source, source.Err
		}
	}
	return nil, fmt.Errorf("%w %s", ErrNone, quote(id))
}
