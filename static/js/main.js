import * as connection from "./connection.js";
import * as live from "./live.js";
import * as route from "./route.js";
import * as runs from "./runs.js";
import * as traffic from "./traffic.js";
import * as api from "./api.js";
import { ask, changed, on, replaceServers, state } from "./store.js";
import { mount as mountBanner } from "./parts/banner.js";
import { mount as mountConfirm } from "./parts/confirm.js";
import { mount as mountByteStream } from "./parts/byteStream.js";
import { mount as mountConnectionHead } from "./parts/connectionHead.js";
import { mount as mountConnections } from "./parts/connections.js";
import { mount as mountEventDetail } from "./parts/eventDetail.js";
import { mount as mountFoot } from "./parts/foot.js";
import { mount as mountKeys } from "./parts/keys.js";
import { mount as mountLaneDetail } from "./parts/laneDetail.js";
import { mount as mountLanes } from "./parts/lanes.js";
import { mount as mountLifeLine } from "./parts/lifeLine.js";
import { mount as mountPanes } from "./parts/panes.js";
import { mount as mountProbe } from "./parts/probe.js";
import { mount as mountRunFigures } from "./parts/runFigures.js";
import { mount as mountRunForm } from "./parts/runForm.js";
import { mount as mountRunHead } from "./parts/runHead.js";
import { mount as mountRunHistogram } from "./parts/runHistogram.js";
import { mount as mountRunList } from "./parts/runList.js";
import { mount as mountRunTable } from "./parts/runTable.js";
import { mount as mountServerForm } from "./parts/serverForm.js";
import { mount as mountServerHead } from "./parts/serverHead.js";
import { mount as mountServerList } from "./parts/serverList.js";
import { mount as mountSettings } from "./parts/settings.js";
import { mount as mountTopBar } from "./parts/topBar.js";
import { mount as mountTrafficFilter } from "./parts/trafficFilter.js";
import { mount as mountTrafficLog } from "./parts/trafficLog.js";
import { mount as mountWatching } from "./parts/watching.js";
import { mount as mountWhatIf } from "./parts/whatIf.js";

const part = (id) => document.getElementById(id);

route.arrive();
state.route = route.read();
const served = JSON.parse(part("servers").textContent);
replaceServers(served.servers ?? served);

mountTopBar(part("top-bar"));
mountBanner(part("banner"));
mountServerList(part("server-list"), part("server-count"));
mountServerHead(part("server-head"));
mountPanes(part("panes"));
mountTrafficLog(part("traffic-log"));
mountTrafficFilter(part("traffic-filter"), part("traffic-filter-error"));
mountEventDetail(part("event-detail"));
mountConnections(part("connections"));
mountSettings(part("settings"));
mountConnectionHead(part("connection-head"));
mountLanes(part("lanes"));
mountWhatIf(part("whatIf"));
mountLaneDetail(part("lane-detail"));
mountLifeLine(part("life-line"));
mountByteStream(part("byte-stream"));
mountServerForm(part("serverForm"));
mountProbe(part("probe"));
mountRunForm(part("runForm"));
mountRunList(part("run-list"), part("runs-count"));
mountRunTable(part("run-table"));
mountRunHead(part("run-head"));
mountRunFigures({ tiles: part("run-tiles"), times: part("run-times"), counts: part("run-counts"), mismatch: part("run-mismatch"), foot: part("run-foot") });
mountRunHistogram(part("run-histogram"));
mountConfirm(part("confirm"));
mountKeys(part("keys"));
mountFoot(part("foot"));
mountWatching(part("watching"));

document.addEventListener("click", (click) => {
  const opener = click.target.closest("[data-open]");
  if (opener) {
    ask(opener.dataset.open);
  }
});

document.querySelector("[data-skip]").addEventListener("click", (click) => {
  click.preventDefault();
  part(route.isAboutRuns(state.route) ? "run-bench" : route.showsTraffic(state.route) ? "traffic-rows" : "connection-bench").focus();
});

function placed() {
  document.body.dataset.view = state.route.view;
  state.opened = null;
  changed("opened");
  connection.attend(state.route);
  if (route.showsTraffic(state.route)) {
    traffic.show(route.filterOf(state.route));
  } else {
    traffic.rest();
  }
  if (route.isAboutRuns(state.route)) {
    runs.attend();
  }
}

addEventListener("hashchange", route.take);
on(["route"], placed);
changed("route", "servers", "runs", "rates", "link");

live.open({ onEvents: traffic.take, onHello: greeted, onError: traffic.refuse });

async function greeted(hello) {
  traffic.greet(hello);
  state.program = await api.info().catch(() => null);
  changed("program");
}
