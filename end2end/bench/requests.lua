-- Sends what a file lists, in turn: wrk -s requests.lua URL -- METHOD FILE [once]. FILE holds a path a line; with `once`
-- wrk stops behind the last. Its last line of output is JSON.
local requests, at, once = {}, 0, false

function init(args)
  once = args[3] == "once"
  for path in io.lines(args[2]) do
    requests[#requests + 1] = wrk.format(args[1], path)
  end
end

function request()
  at = at + 1
  if at > #requests then
    if once then wrk.thread:stop() end
    at = 1
  end
  return requests[at]
end

function done(summary, latency)
  local e = summary.errors
  print(string.format(
    '{"requests":%d,"seconds":%.6f,"bytes":%d,"errors":%d,"p50":%.3f,"p99":%.3f,"max":%.3f}',
    summary.requests, summary.duration / 1e6, summary.bytes, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency.max / 1000))
end
