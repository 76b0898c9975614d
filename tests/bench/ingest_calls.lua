-- The calls of wrk: signed bodies from a folder, one after the other.
local calls = {}
local folder = os.getenv("OKR_BENCH_CALLS")
for number = 1, 1000 do
  local file = io.open(folder .. "/" .. number .. ".json", "rb")
  if file == nil then break end
  local signature = io.open(folder .. "/" .. number .. ".signature", "rb"):read("*a")
  local headers = { ["Content-Type"] = "application/json", ["X-Hub-Signature"] = signature }
  calls[number] = wrk.format("POST", "/webhooks/jira", headers, file:read("*a"))
end

local turn = 0
function request()
  turn = turn % #calls + 1
  return calls[turn]
end
