package line_test

import (
	"fmt"
	"strings"

	"muster/state/line"
)

// A log of two entries: the first of version 1, the second of version 2, a step that
// was done out of order. They are whole lines, as they lie in a file.
const exampleLog = `{"e":{"v":1,"seq":1,"prev":"0000000000000000000000000000000000000000000000000000000000000000","recorded":"2026-11-24T02:41:07.000000000Z","mode":"live","kind":"incident.opened","c":"55071edb57bab94e2fb5654675e13b7b173a8ae94ce6b98c3f39150b4731ccd3"},"d":{"salt":"AAAAAAAAAAAAAAAAAAAAAA","by":{"name":"Ada","role":"commander","via":"local"},"zone":"+01:00 Europe/Berlin","data":{"id":"2026-11-24-amber-heron","title":"Ransomware","severity":"critical","program":"muster test","runbook":{"id":"ransomware","source":"built in","sha256":"da93db77ebb07776dbd095f79fe28cbf4d42340c27bc33547ed7eeb2d3c93ea1","text":"schema = 1\n"}}}}
{"e":{"v":2,"seq":2,"prev":"f0e90304e48c10a4659904695c97d39d7d2443c4e299db35236d0707a2eea328","recorded":"2026-11-24T02:44:31.123456789Z","mode":"live","kind":"step.done","c":"dd55a552a20443e16e80f10f8ece7244e59f6e09d57e317df16e35815dc631e5"},"d":{"p":{"names":"4b119be3a70f3f1e5a8cc1379ea147fbe7250579a80a4840e5e895d8f6be78ff","notes":"ec65cdbb6dd212a95caee542ce1c1105c97b7fc7faa6a6e0f3e43ec569dbcd9e"},"role":"operations","via":"local","occurred":"2026-11-24T02:38:00Z","zone":"+01:00 Europe/Berlin","override":["out-of-order"],"data":{"step":"shut-down/gisis"}},"p":{"names":{"salt":"b5S53gMoTXKXvOEGK1B1mg","by":"Ben"},"notes":{"salt":"3ihyvAZQmuQueMIMVqDqNA","override":"the VPN is already cut","data":{"note":"off at 02:38; memory kept"}}}}
`

// Example reads a log to its end, with nothing known of its kinds but which opens a log and may
// be long: all that an entry says is shown as it lies. Whoever was told the last hash, or its
// code, knows that nothing before it was changed or left out.
func Example() {
	format := line.NewFormat(nil, line.Spec{Kind: "incident.opened", Opens: true, Long: true})
	chain := format.Chain()
	for text := range strings.Lines(exampleLog) {
		e, err := chain.Next([]byte(strings.TrimSuffix(text, "\n")))
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println("entry", e.Seq, e.Kind, "of", e.Recorded)
		fmt.Println("by", e.By.Name, "as", e.By.Role, "at", e.When())
		envelope, _, _ := strings.Cut(strings.TrimPrefix(text, `{"e":`), `,"d":`)
		fmt.Println("hash", e.Hash, line.Sum([]byte(envelope)) == e.Hash)
		says := e.Data.(*line.Unknown)
		fmt.Println("facts", string(says.Raw))
		if notes := says.Apart[line.Notes-1]; notes != nil {
			fmt.Println("notes", string(notes))
		}
		if e.Override != nil {
			fmt.Println("override", e.Override.Of, e.Override.Why)
		}
	}
	fmt.Println("head", chain.Head.Hash.Code())
	// Output:
	// entry 1 incident.opened of 2026-11-24 02:41:07 +0000 UTC
	// by Ada as commander at 2026-11-24 02:41:07 +0000 UTC
	// hash f0e90304e48c10a4659904695c97d39d7d2443c4e299db35236d0707a2eea328 true
	// facts {"id":"2026-11-24-amber-heron","title":"Ransomware","severity":"critical","program":"muster test","runbook":{"id":"ransomware","source":"built in","sha256":"da93db77ebb07776dbd095f79fe28cbf4d42340c27bc33547ed7eeb2d3c93ea1","text":"schema = 1\n"}}
	// entry 2 step.done of 2026-11-24 02:44:31.123456789 +0000 UTC
	// by Ben as operations at 2026-11-24 02:38:00 +0000 UTC
	// hash f5d61421129a4095d5f3f116735c0fdbf3cca0226e0f30d882e6b9d90aa82f2b true
	// facts {"step":"shut-down/gisis"}
	// notes {"note":"off at 02:38; memory kept"}
	// override [out-of-order] the VPN is already cut
	// head YQB1-888J-K909-BNFK
}

// ExampleFormat_Withhold takes the names out of the second line. It has the same hash.
func ExampleFormat_Withhold() {
	format := line.NewFormat(nil) // nobody need know any kind
	_, second, _ := strings.Cut(strings.TrimSuffix(exampleLog, "\n"), "\n")
	text, missing, err := format.Withhold([]byte(second), line.PartsOf(line.Names))
	if err != nil {
		fmt.Println(err)
		return
	}
	e, err := format.Check(text)
	fmt.Println("hash", e.Hash, err)
	fmt.Println("without", missing.Names())
	fmt.Println(string(text[strings.Index(string(text), `,"p":{"names":null`):]))
	// Output:
	// hash f5d61421129a4095d5f3f116735c0fdbf3cca0226e0f30d882e6b9d90aa82f2b <nil>
	// without [names]
	// ,"p":{"names":null,"notes":{"salt":"3ihyvAZQmuQueMIMVqDqNA","override":"the VPN is already cut","data":{"note":"off at 02:38; memory kept"}}}}
}
