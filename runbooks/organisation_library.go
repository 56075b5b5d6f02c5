package runbooks

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
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

// An OrganisationLibrary finds organisations.
type OrganisationLibrary = Shelf[OrganisationSource]

// OpenOrganisations makes a library of layers, the most basic first.
func OpenOrganisations(layers ...Layer) *OrganisationLibrary {
	return &OrganisationLibrary{layers, shelved[OrganisationSource]{
		read: ReadOrganisation,
		broken: func(id, layer, file string, err error) *OrganisationSource {
			return &OrganisationSource{ID: id, Layer: layer, File: file, Err: err}
		},
		of: func(source *OrganisationSource) (string, error) { return source.ID, source.Err },
	}}
}
