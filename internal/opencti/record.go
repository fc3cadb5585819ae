package opencti

// isRecordID reports whether text can be a record ID and not, say, an error
// message: letters and digits, some of them digits, no longer than 18. The exact
// lengths, 15 and 18, are the org's to check.
func isRecordID(text string) bool {
	digits := 0
	for i := range len(text) {
		switch c := text[i]; {
		case '0' <= c && c <= '9':
			digits++
		case !isAlphanumeric(c):
			return false
		}
	}
	return digits > 0 && len(text) <= 18
}
