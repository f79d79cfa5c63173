module slipway.dev/lab/load

go 1.26
