//go:build never

package deps

import (
	_ "github.com/antlr4-go/antlr/v4"
	_ "github.com/chromedp/chromedp"
	_ "github.com/coder/websocket"
	_ "github.com/evanw/esbuild/pkg/api"
	_ "github.com/hack-pad/safejs"
	_ "github.com/octoberswimmer/apexfmt/parser"
	_ "github.com/pion/webrtc/v4"
	_ "github.com/cockroachdb/datadriven"
	_ "github.com/spf13/cobra"
	_ "github.com/stretchr/testify/require"
	_ "modernc.org/sqlite"
)
