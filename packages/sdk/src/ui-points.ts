/** Which point each part of a browser half is given to, by the app that shows it. */
export const uiPoints = {
  portal: {
    pages: "portal/page@1",
    homeTiles: "portal/home-tile@1",
    filingStep: "portal/filing-step@1",
    trackPanels: "portal/track-panel@1",
    deskPages: "desk/page@1",
    queueViews: "desk/queue-view@1",
    queueColumns: "desk/queue-column@1",
    caseTabs: "desk/case-tab@1",
    caseSide: "desk/case-side@1",
    caseActions: "desk/case-action@1",
    registerFields: "desk/register-fields@1",
    widgets: "leader/widget@1",
  },
  admin: {
    pages: "admin/page@1",
    unitTabs: "admin/unit-tab@1",
    settingsForm: "admin/settings-form@1",
  },
} as const;
