-- The calls of wrk: signed bodies from a folder, one after the other.

local function content(name)
  local file = io.open(os.getenv("OKR_BENCH_CALLS") .. "/" .. name, "rb")
  if file == nil then return nil end
  local text = file:read("*a")
  file:close() -- wrk has room for few open files beside its connections
  return text
end

local calls = {}
for number = 1, 1000 do
  local body = content(number .. ".json")
  if body == nil then break end
  local signature = content(number .. ".signature")
  local headers = { ["Content-Type"] = "application/json", ["X-Hub-Signature"] = signature }
  calls[number] = wrk.format("POST", "/webhooks/jira", headers, body)
end

local turn = 0
function request()
  turn = turn % #calls + 1
  return calls[turn]
end
