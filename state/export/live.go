package export

// sayLive says how current the page is.
func sayLive(r *report, l Live) {
	last := markdown("")
	if r.Last != nil {
		last = ", of " + r.atUTC(*r.Last)
	}
	upTo := "up to " + entryRef(r.Log.Seq) + last + ", head " + markdown(r.Log.Code) + "."
	switch l {
	case LiveGoesOn:
		r.quote("**LIVE PAGE** — ", upTo, " It is written anew at every entry, and loads itself anew every ", number(RefreshSeconds), " seconds. Clocks stand as they did at that entry.")
	case LiveEnded:
		r.quote("**NOT LIVE ANY MORE** — ", upTo, " Whoever wrote this page has stopped; the incident was open then, and may have gone on.")
	case LiveClosed:
		r.quote("**LAST PAGE** — ", upTo, " The incident is closed, and this page is not written anew.")
	}
}
