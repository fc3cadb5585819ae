package jscall

// List returns texts as a list that can be handed to the page.
func List[S ~string](texts []S) []any {
	list := make([]any, len(texts))
	for i, text := range texts {
		list[i] = string(text)
	}
	return list
}
