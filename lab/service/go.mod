module slipway.dev/lab/service

go 1.26
