package state

// The kinds of entry about who vouches for the log, outside it.
const (
	KindHeadWitnessed Kind = "witness.recorded"
	KindHeadSigned    Kind = "head.signed"
)

// HeadWitnessed records that somebody outside was told a head. It proves nothing by
// itself, for whoever can write the log anew writes this too: it says whom to ask.
type HeadWitnessed struct {
	Witness string `json:"witness" part:"names"` // who was told
	How     string `json:"how" part:"names"`     // by which way; see [Ways] for the usual ones
	Head    Hash   `json:"head"`                 // what was told: the whole hash, or its code
	Entry   uint64 `json:"entry"`                // the entry whose hash it is, and up to which the witness vouches
}

// HeadSigned records that a head was signed with a key. Like HeadWitnessed it only
// says what to ask for: the signature lies in a file of its own.
type HeadSigned struct {
	Head        Hash   `json:"head"`
	Entry       uint64 `json:"entry"`                    // the entry whose hash it is
	Fingerprint string `json:"fingerprint" part:"names"` // of the key: SHA256:…
	Namespace   string `json:"namespace"`                // of the signature
}

// Ways lists the usual ways of telling a witness.
func Ways() []string { return []string{"telephone", "e-mail", "paper", "in person"} }

func (*HeadWitnessed) Kind() Kind { return KindHeadWitnessed }
func (*HeadSigned) Kind() Kind    { return KindHeadSigned }
